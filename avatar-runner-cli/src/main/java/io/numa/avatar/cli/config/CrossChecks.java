package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.Configuration.Avatar;
import io.numa.avatar.cli.config.Configuration.Backend;
import io.numa.avatar.cli.config.value.Origin;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules between keys. They skip keys without a valid value, as those are reported already. */
final class CrossChecks {
  private static final String CREDENTIALS = "git.credentials";

  private final Configuration configuration;
  private final BoundValues values;
  private final Problems problems;

  CrossChecks(Configuration configuration, BoundValues values, Problems problems) {
    this.configuration = configuration;
    this.values = values;
    this.problems = problems;
  }

  void run() {
    checkCredentials();
    oneOf("backend.", "api_token", "api_token_file");
    oneOf("git.", "signing_passphrase", "signing_passphrase_file");
    oneOf("git.", "proxy_password", "proxy_password_file");
    checkSigningKey();
    checkProxyLogin();
    checkTokenIsSafe(configuration.backend());
    checkFoldersAreApart(configuration.avatar());
    checkWordsDiffer();
  }

  private void checkCredentials() {
    List<@Nullable Credential> entries = configuration.git().credentials();
    for (int i = 0; entries != null && i < entries.size(); i++) {
      Credential entry = entries.get(i);
      String key = CREDENTIALS + "[" + i + "]";
      if (entry != null
          && !problems.areThereBelow(key)) { // else one mistake would be reported twice
        checkCredential(entry, key, values.originOfEntry(CREDENTIALS, i));
      }
    }
  }

  private void checkCredential(Credential entry, String key, Origin origin) {
    String prefix = key + ".";
    oneOf(prefix, "token", "token_file", "token_command", "password", "password_file");
    oneOf(prefix, "passphrase", "passphrase_file");
    oneOf(prefix, "api_token", "api_token_file");
    checkSshKey(prefix, entry.sshAgent());
    checkProgram(prefix + "token_command", entry.tokenCommand());
    boolean signsIn =
        Stream.of("token", "token_file", "token_command", "password", "password_file", "ssh_key")
            .anyMatch(name -> values.has(prefix + name));
    if (!signsIn && !entry.sshAgent()) {
      problems.add(
          origin, key, "gives neither a token, a password nor an ssh_key, expected one of them");
    }
  }

  private void oneOf(String prefix, String... names) {
    List<String> given = Stream.of(names).filter(name -> values.has(prefix + name)).toList();
    if (given.size() > 1) {
      add(prefix + given.get(1), "stands beside " + given.get(0) + ", expected one of them only");
    }
  }

  /** A relative path is refused: the working directory of the program is not known here. */
  private void checkProgram(String key, @Nullable List<String> command) {
    if (command == null) {
      return;
    }
    String program = command.isEmpty() ? "" : command.get(0);
    if (program.isEmpty() || (program.contains("/") && !program.startsWith("/"))) {
      add(key, "names no program, expected its absolute path or its name on PATH first");
    }
  }

  private void checkSshKey(String prefix, boolean usesAgent) {
    for (String name : List.of("passphrase", "passphrase_file", "known_hosts")) {
      boolean agentDoes = name.equals("known_hosts") && usesAgent;
      if (values.has(prefix + name) && !values.has(prefix + "ssh_key") && !agentDoes) {
        add(prefix + name, "is of use with an ssh_key only; give one");
      }
    }
  }

  private void checkSigningKey() {
    Stream.of("git.signing_format", "git.signing_passphrase", "git.signing_passphrase_file")
        .forEach(key -> needs(key, "git.signing_key"));
  }

  private void checkProxyLogin() {
    needs("git.proxy_password", "git.proxy_username");
    needs("git.proxy_password_file", "git.proxy_username");
    if (!values.has("git.proxy_password_file")) {
      needs("git.proxy_username", "git.proxy_password");
    }
    needs("git.proxy_username", "git.proxy");
  }

  private void needs(String key, String other) {
    if (values.has(key) && !values.has(other)) {
      add(key, "is of use with " + other + " only; give one");
    }
  }

  private void checkTokenIsSafe(Backend backend) {
    boolean token = values.has("backend.api_token") || values.has("backend.api_token_file");
    boolean refused = Boolean.FALSE.equals(backend.allowInsecureHttp());
    if (token && refused && backend.url().filter(CrossChecks::isExposed).isPresent()) {
      add(
          "backend.url",
          "would carry the token over plain http to another machine; use https,"
              + " or set backend.allow_insecure_http to true");
    }
  }

  private static boolean isExposed(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    boolean loopback =
        host.equals("localhost")
            || host.endsWith(".localhost")
            || host.equals("[::1]")
            || host.matches("127(\\.[0-9]{1,3}){3}");
    return url.getScheme().equalsIgnoreCase("http") && !loopback;
  }

  private void checkFoldersAreApart(Avatar avatar) {
    checkIsOutside(avatar.workspace(), "avatar.state_dir", avatar.stateDir());
    checkIsOutside(avatar.workspace(), "avatar.log_dir", avatar.logDir());
  }

  private void checkIsOutside(@Nullable Path workspace, String key, @Nullable Path folder) {
    if (workspace != null && folder != null && folder.startsWith(workspace)) {
      problems.add(
          place(key, "avatar.workspace"),
          key,
          "is '" + folder + "', expected a folder outside avatar.workspace, which is disposable");
    }
  }

  private void checkWordsDiffer() {
    Map<Object, String> seen = new HashMap<>();
    for (String name : ConfigKeys.section("status.words").names()) {
      String key = "status.words." + name;
      values.find(key).ifPresent(word -> checkDiffers(key, word.value(), seen));
    }
  }

  private void checkDiffers(String key, Object word, Map<Object, String> seen) {
    String other = seen.putIfAbsent(word, key);
    if (other != null) {
      problems.add(
          place(key, other), key, "is '" + word + "', expected another word than that of " + other);
    }
  }

  private void add(String key, String message) {
    problems.add(values.origin(key), key, message);
  }

  /** The source of the first of two keys; the source of the second if the first is a default. */
  private Origin place(String key, String other) {
    boolean isDefault = values.origin(key) instanceof Origin.Default;
    return values.origin(isDefault ? other : key);
  }
}
