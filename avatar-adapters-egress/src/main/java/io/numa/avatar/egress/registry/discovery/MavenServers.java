package io.numa.avatar.egress.registry.discovery;

import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The logins of Maven's settings, by the id of the mirror or repository that they are for. */
final class MavenServers {
  /** A password that {@code mvn --encrypt-password} wrote. */
  private static final Pattern ENCRYPTED = Pattern.compile("(?s).*(?<!\\$)\\{[^}]+\\}.*");

  private final Findings findings;
  private final Map<String, Optional<Login>> logins = new HashMap<>();

  MavenServers(Findings findings) {
    this.findings = findings;
  }

  Optional<Login> of(String id) {
    return logins.getOrDefault(id, Optional.empty());
  }

  /** Adds a server, unless a file that counts more has one with this id. */
  void add(Path file, XmlElement server, MavenVariables variables) {
    String id = variables.in(server.textOf("id"));
    if (!logins.containsKey(id)) {
      logins.put(id, login(file, id, server, variables));
    }
  }

  private Optional<Login> login(Path file, String id, XmlElement server, MavenVariables variables) {
    String place = file + ":" + server.line();
    String password = variables.in(server.textOf("password"));
    if (ENCRYPTED.matcher(password).matches()) {
      findings.note(
          place,
          "the password of server "
              + id
              + " is encrypted, which only Maven can read; "
              + Findings.ADVICE
              + " with its password_file");
      return Optional.empty();
    }
    try {
      String username = variables.in(server.textOf("username"));
      return password.isEmpty()
          ? header(server, variables)
          : Optional.of(Login.basic(username, new Secret(password)));
    } catch (IllegalArgumentException e) {
      findings.note(place, "the login of server " + id + " is not valid: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The first header that settings add to requests, such as GitLab's {@code Private-Token}. */
  private static Optional<Login> header(XmlElement server, MavenVariables variables) {
    return server
        .all("configuration", "httpHeaders", "property")
        .filter(property -> !property.textOf("value").isEmpty())
        .map(
            property ->
                Login.named(
                    property.textOf("name"), new Secret(variables.in(property.textOf("value")))))
        .findFirst();
  }
}
