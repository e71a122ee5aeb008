package io.numa.avatar.egress.registry.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/** The logins of the netrc file, which pip and Go use. They are for the scheme's default port. */
final class Netrc {
  private final Map<String, Login> logins = new HashMap<>();
  private Optional<String> machine = Optional.empty();
  private String user = "";

  private Netrc() {}

  static Netrc read(Machine machine, Findings findings) {
    var netrc = new Netrc();
    findings
        .read(machine.named("NETRC", "~/.netrc"))
        .ifPresent(bytes -> netrc.parse(new String(bytes, UTF_8)));
    return netrc;
  }

  /** The login of a URL that pip or Go is told: the one in the URL, or else that of its host. */
  Optional<Login> login(Setting url) {
    try {
      var uri = URI.create(url.value());
      return UserInfo.login(uri).or(() -> login(uri));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A default for all hosts is not used: it names no registry. */
  private Optional<Login> login(URI url) {
    boolean elsewhere = url.getPort() >= 0 && url.getPort() != defaultPort(url);
    if (url.getHost() == null || elsewhere) {
      return Optional.empty();
    }
    return Optional.ofNullable(logins.get(url.getHost().toLowerCase(Locale.ROOT)));
  }

  private static int defaultPort(URI url) {
    return "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
  }

  private void parse(String text) {
    text.lines().filter(line -> !line.strip().startsWith("#")).forEach(this::parseLine);
  }

  private void parseLine(String line) {
    var words = new StringTokenizer(line);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (word.equals("default") || word.equals("macdef")) {
        machine = Optional.empty();
      } else if (words.hasMoreTokens()) {
        pair(word, words.nextToken());
      }
    }
  }

  private void pair(String word, String value) {
    switch (word) {
      case "machine" -> {
        machine = Optional.of(value.toLowerCase(Locale.ROOT));
        user = "";
      }
      case "login" -> user = value;
      case "password" ->
          machine
              .filter(host -> !value.isEmpty())
              .ifPresent(host -> logins.putIfAbsent(host, Login.basic(user, new Secret(value))));
      default -> {}
    }
  }
}
