package io.numa.avatar.cli.config;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.config.RawValue.Form;
import io.numa.avatar.git.AllowedUrls;
import io.numa.avatar.git.CertificateAuthorities;
import io.numa.avatar.git.HostingService;
import io.numa.avatar.port.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kinds of single values that the keys have. */
final class Types {
  private static final Set<Form> TEXT = Set.of(Form.TEXT);
  private static final int LONGEST_TEXT = 200;
  private static final String AGENT = "SSH_AUTH_SOCK";

  private Types() {}

  /** One line. */
  static ScalarType<String> line() {
    return text("[^\\x00-\\x1f\\x7f]{1," + LONGEST_TEXT + "}", "a line of text");
  }

  /** Text that is, but for blanks around it, of a form. */
  static ScalarType<String> text(String form, String expectation) {
    Pattern pattern = Pattern.compile(form);
    return new ScalarType<>(
        expectation,
        TEXT,
        (text, origin, reading) ->
            Optional.of(text.strip()).filter(line -> pattern.matcher(line).matches()),
        YamlPrinter::quoted,
        false,
        Schemas.orVariable(Schemas.text("^\\s*(?:" + form + ")\\s*$")));
  }

  static ScalarType<Integer> wholeNumber(int least, int most) {
    return new ScalarType<>(
        "a whole number from " + least + " to " + most,
        Set.of(Form.NUMBER),
        (text, origin, reading) ->
            Optional.of(text.strip())
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most),
        String::valueOf,
        false,
        Schemas.orVariable(Schemas.type("integer").put("minimum", least).put("maximum", most)));
  }

  static ScalarType<Boolean> trueOrFalse() {
    return new ScalarType<>(
        "true or false",
        Set.of(Form.BOOLEAN),
        (text, origin, reading) ->
            Optional.of(text.strip())
                .filter(word -> word.matches("(?i)true|false"))
                .map(Boolean::valueOf),
        String::valueOf,
        false,
        Schemas.orVariable(Schemas.type("boolean")));
  }

  static ScalarType<Duration> duration(Duration least, Duration most) {
    String range = "from " + Durations.format(least) + " to " + Durations.format(most);
    ObjectNode seconds =
        Schemas.type("number")
            .put("minimum", least.toMillis() / 1000.0)
            .put("maximum", most.toMillis() / 1000.0);
    return new ScalarType<>(
        "a duration " + range + ", in seconds or such as 90s, 5m, 2h",
        Set.of(Form.NUMBER, Form.TEXT),
        (text, origin, reading) ->
            Durations.parse(text)
                .filter(duration -> duration.compareTo(least) >= 0)
                .filter(duration -> duration.compareTo(most) <= 0),
        Durations::format,
        false,
        Schemas.orVariable(seconds, Schemas.text(Durations.FORM)));
  }

  /** A number of bytes. */
  static ScalarType<Long> size() {
    return new ScalarType<>(
        "a size in bytes or such as 500KiB, 100MiB, 1GiB",
        Set.of(Form.NUMBER, Form.TEXT),
        (text, origin, reading) -> Sizes.parse(text),
        Sizes::format,
        false,
        Schemas.orVariable(Schemas.type("integer").put("minimum", 1), Schemas.text(Sizes.FORM)));
  }

  /** A path, made absolute. Nothing need be there. */
  static ScalarType<Path> path() {
    return new ScalarType<>(
        "a path",
        TEXT,
        (text, origin, reading) ->
            Optional.of(text.strip())
                .filter(path -> !path.isEmpty())
                .map(path -> reading.resolve(path, origin)),
        path -> YamlPrinter.quoted(path.toString()),
        false,
        nonEmpty());
  }

  /** Where a web API is, without slashes at the end. */
  static ScalarType<URI> url() {
    return new ScalarType<>(
        "a URL such as https://numa.example.com",
        TEXT,
        (text, origin, reading) -> parseUrl(text.strip()),
        url -> YamlPrinter.quoted(url.toString()),
        false,
        Schemas.orVariable(Schemas.text("^\\s*[Hh][Tt][Tt][Pp][Ss]?://")));
  }

  /** One line that must not be shown. */
  static ScalarType<Secret> secret() {
    return secret("[^\\x00-\\x1f\\x7f]+", "one line of text");
  }

  /** Anything that must not be shown. */
  static ScalarType<Secret> secretText() {
    return secret("(?s).+", "text");
  }

  /** A file that holds one line that must not be shown. */
  static ScalarType<SecretFile> secretFile() {
    return new ScalarType<>(
        "the path of a file",
        TEXT,
        (text, origin, reading) ->
            Optional.of(text.strip())
                .filter(path -> !path.isEmpty())
                .map(path -> SecretFile.read(reading.resolve(path, origin))),
        file -> YamlPrinter.quoted(file.path().toString()),
        false,
        nonEmpty());
  }

  /** The kind of a Git host. */
  static ScalarType<HostingService> service() {
    String words =
        Stream.of(HostingService.values()).map(HostingService::word).collect(joining("|"));
    return new ScalarType<>(
        "one of " + words.replace("|", ", "),
        TEXT,
        (text, origin, reading) -> HostingService.of(text.strip()),
        service -> YamlPrinter.quoted(service.word()),
        false,
        Schemas.orVariable(Schemas.text("^\\s*(?:" + words + ")\\s*$")));
  }

  /** Whether to use the agent that the environment names. */
  static ScalarType<Boolean> sshAgent() {
    ScalarType<Boolean> plain = trueOrFalse();
    return new ScalarType<>(
        plain.expectation(),
        plain.forms(),
        (text, origin, reading) -> {
          Optional<Boolean> wanted = plain.parser().parse(text, origin, reading);
          if (wanted.orElse(false) && reading.environment().getOrDefault(AGENT, "").isEmpty()) {
            throw new UnacceptableException("needs " + AGENT + ", which is not set");
          }
          return wanted;
        },
        plain.printer(),
        false,
        plain.schema());
  }

  /** A pattern of the addresses of repositories. */
  static ScalarType<String> urlPattern() {
    return new ScalarType<>(
        "a pattern such as https://github.com/acme/*",
        TEXT,
        (text, origin, reading) -> Optional.of(text.strip()).filter(Types::isUrlPattern),
        YamlPrinter::quoted,
        false,
        Schemas.orVariable(
            Schemas.text(
                "^\\s*(?:[Hh][Tt][Tt][Pp][Ss]?|[Ss][Ss][Hh]|[Ff][Ii][Ll][Ee])://|^\\s*/")));
  }

  private static boolean isUrlPattern(String text) {
    try {
      AllowedUrls.of(List.of(text));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A file of certificates in PEM. */
  static ScalarType<Path> certificates() {
    ScalarType<Path> path = path();
    return new ScalarType<>(
        "the path of a file of certificates",
        TEXT,
        (text, origin, reading) -> {
          Optional<Path> file = path.parser().parse(text, origin, reading);
          try {
            if (file.isPresent()) {
              CertificateAuthorities.read(file.get());
            }
            return file;
          } catch (IOException e) {
            throw new UnacceptableException(
                "names the file " + file.get() + ", which holds no certificates in PEM");
          }
        },
        path.printer(),
        false,
        nonEmpty());
  }

  /** Where an HTTP proxy is. */
  static ScalarType<URI> proxy() {
    String form = "[Hh][Tt][Tt][Pp]://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}/?";
    Pattern pattern = Pattern.compile(form);
    return new ScalarType<>(
        "a proxy such as http://proxy.example.com:3128",
        TEXT,
        (text, origin, reading) ->
            withoutLogin(text.strip())
                .filter(url -> pattern.matcher(url).matches())
                .map(URI::create)
                .filter(url -> url.getHost() != null && url.getPort() > 0 && url.getPort() < 65536),
        url -> YamlPrinter.quoted(url.toString()),
        false,
        Schemas.orVariable(Schemas.text("^\\s*" + form + "\\s*$")));
  }

  private static Optional<String> withoutLogin(String url) {
    if (url.contains("@")) {
      throw new UnacceptableException(
          "must hold neither a user nor a password; give them as git.proxy_username and"
              + " git.proxy_password");
    }
    return Optional.of(url);
  }

  private static ScalarType<Secret> secret(String form, String expectation) {
    Pattern pattern = Pattern.compile(form);
    return new ScalarType<>(
        expectation,
        TEXT,
        (text, origin, reading) -> {
          if (!text.isEmpty() && !pattern.matcher(text).matches()) {
            throw new UnacceptableException(
                "holds line breaks or control characters, expected " + expectation);
          }
          return Optional.of(text).filter(secret -> !secret.isBlank()).map(Secret::new);
        },
        secret -> "",
        true,
        nonEmpty());
  }

  private static ObjectNode nonEmpty() {
    return Schemas.type("string").put("minLength", 1);
  }

  private static Optional<URI> parseUrl(String text) {
    if (text.contains("@") || text.contains("?") || text.contains("#")) {
      throw new UnacceptableException(
          "must hold neither a user, a password, a query nor a fragment;"
              + " a token belongs under backend.api_token");
    }
    try {
      URI url = new URI(text.replaceFirst("/+$", ""));
      boolean web = url.getScheme() != null && url.getScheme().matches("(?i)https?");
      boolean reachable = url.getHost() != null && url.getPort() <= 65535 && url.getPort() != 0;
      return web && reachable ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
