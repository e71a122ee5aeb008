package io.numa.avatar.cli.config.value;

import static java.util.stream.Collectors.joining;

import io.numa.avatar.document.NearestName;
import io.numa.avatar.document.SchemaNodes;
import io.numa.avatar.document.ValueKind;
import io.numa.avatar.http.address.LiteralHost;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values that only sandboxes have. */
public final class SandboxValues {
  private static final List<String> WORDS =
      Arrays.stream(SandboxProfile.values()).map(SandboxProfile::word).toList();

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*):([0-9]{1,5})");

  /** What a sandbox is to hold. YAML takes the word {@code off} for a boolean. */
  public static final ValueKind<SandboxProfile> PROFILE =
      ValueKind.of(
              "one of " + String.join(", ", WORDS),
              SchemaNodes.type("string", "boolean"),
              (node, at) -> profile(node.asText().strip()))
          .printed(profile -> YamlPrinter.quoted(profile.word()))
          .published(
              any ->
                  SchemaNodes.anyOf(
                      SchemaNodes.text(WORDS.stream().collect(joining("|", "^\\s*(?:", ")\\s*$"))),
                      SchemaNodes.text("\\$\\{")));

  /** A host and a port. */
  public static final ValueKind<HostAndPort> HOST =
      ValueKind.of(
              "a host and a port such as db.example.com:5432",
              SchemaNodes.type("string"),
              (node, at) -> hostAndPort(node.asText().strip()))
          .printed(host -> YamlPrinter.quoted(host.toString()))
          .published(
              any ->
                  SchemaNodes.anyOf(
                      SchemaNodes.text("^\\s*[^\\s/]+:[0-9]{1,5}\\s*$"),
                      SchemaNodes.text("\\$\\{")));

  private SandboxValues() {}

  private static Optional<SandboxProfile> profile(String text) {
    if (WORDS.contains(text)) {
      return Optional.of(SandboxProfile.valueOf(text.toUpperCase(Locale.ROOT)));
    }
    NearestName.of(text, WORDS)
        .ifPresent(
            near -> {
              throw new UnacceptableException(
                  "is '"
                      + text
                      + "', expected one of "
                      + String.join(", ", WORDS)
                      + "; did you mean '"
                      + near
                      + "'?");
            });
    return Optional.empty();
  }

  private static Optional<HostAndPort> hostAndPort(String text) {
    Matcher parts = HOST_AND_PORT.matcher(text);
    if (!parts.matches()) {
      throw new UnacceptableException(
          "is '" + shown(text) + "', which has no port, expected one such as db.example.com:5432");
    }
    int port = Integer.parseInt(parts.group(2));
    if (port < 1 || port > 65_535) {
      throw new UnacceptableException(
          "is '" + shown(text) + "', expected a port from 1 to 65535 behind the host");
    }
    LiteralHost host = LiteralHost.of(parts.group(1));
    if (host instanceof LiteralHost.Odd odd) {
      throw new UnacceptableException("is '" + shown(text) + "', whose host " + odd.reason());
    }
    return Optional.of(
        new HostAndPort(
            host instanceof LiteralHost.Name name
                ? name.value()
                : ((LiteralHost.Address) host).address().getHostAddress(),
            port));
  }

  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
