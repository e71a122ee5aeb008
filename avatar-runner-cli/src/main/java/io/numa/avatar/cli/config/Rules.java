package io.numa.avatar.cli.config;

import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What must hold between keys. Keys that have no sound value are not judged again. */
final class Rules {
  private static final List<Key<String>> WORDS =
      List.of(
          Keys.STATUS_TODO,
          Keys.STATUS_IN_PROGRESS,
          Keys.STATUS_DONE,
          Keys.STATUS_FAILED,
          Keys.STATUS_CANCELLED);

  private static final List<Key<?>> SIGN_IN =
      List.of(
          CredentialKeys.TOKEN,
          CredentialKeys.TOKEN_FILE,
          CredentialKeys.TOKEN_COMMAND,
          CredentialKeys.PASSWORD,
          CredentialKeys.PASSWORD_FILE,
          CredentialKeys.SSH_KEY);

  private Rules() {}

  static void check(Values values, Problems problems) {
    oneOf(values, "", problems, Keys.BACKEND_API_TOKEN, Keys.BACKEND_API_TOKEN_FILE);
    oneOf(values, "", problems, Keys.GIT_SIGNING_PASSPHRASE, Keys.GIT_SIGNING_PASSPHRASE_FILE);
    oneOf(values, "", problems, Keys.GIT_PROXY_PASSWORD, Keys.GIT_PROXY_PASSWORD_FILE);
    needsSigningKey(values, problems);
    proxyLoginIsWhole(values, problems);
    tokenIsSafe(values, problems);
    foldersAreApart(values, problems);
    wordsDiffer(values, problems);
  }

  static void credential(Values entry, String key, Problems problems) {
    String prefix = key + ".";
    oneOf(
        entry,
        prefix,
        problems,
        CredentialKeys.TOKEN,
        CredentialKeys.TOKEN_FILE,
        CredentialKeys.TOKEN_COMMAND,
        CredentialKeys.PASSWORD,
        CredentialKeys.PASSWORD_FILE);
    oneOf(entry, prefix, problems, CredentialKeys.PASSPHRASE, CredentialKeys.PASSPHRASE_FILE);
    oneOf(entry, prefix, problems, CredentialKeys.API_TOKEN, CredentialKeys.API_TOKEN_FILE);
    needsSshKey(entry, prefix, problems);
    namesAProgram(entry, prefix, problems);
    if (SIGN_IN.stream().noneMatch(entry::has) && !usesAgent(entry)) {
      problems.add(
          entry.origin(),
          key,
          "gives neither a token, a password nor an ssh_key, expected one of them");
    }
  }

  /** The secret that one of two keys gives. */
  static Optional<Secret> secret(Values values, Key<Secret> key, Key<SecretFile> file) {
    return values.find(key).or(() -> values.find(file).map(SecretFile::secret));
  }

  private static void oneOf(Values values, String prefix, Problems problems, Key<?>... keys) {
    List<Key<?>> given = Stream.<Key<?>>of(keys).filter(values::has).toList();
    if (given.size() > 1) {
      Key<?> second = given.get(1);
      problems.add(
          values.origin(second),
          prefix + second.path(),
          "stands beside " + given.get(0).name() + ", expected one of them only");
    }
  }

  private static boolean usesAgent(Values entry) {
    return entry.find(CredentialKeys.SSH_AGENT).orElse(false);
  }

  /** The working directory is none that a configuration could know. */
  private static void namesAProgram(Values entry, String prefix, Problems problems) {
    Optional<List<String>> command = entry.find(CredentialKeys.TOKEN_COMMAND);
    if (command.isEmpty()) {
      return;
    }
    String program = command.get().isEmpty() ? "" : command.get().get(0);
    if (program.isEmpty() || (program.contains("/") && !program.startsWith("/"))) {
      problems.add(
          entry.origin(CredentialKeys.TOKEN_COMMAND),
          prefix + CredentialKeys.TOKEN_COMMAND.path(),
          "names no program, expected its absolute path or its name on PATH first");
    }
  }

  private static void needsSshKey(Values entry, String prefix, Problems problems) {
    for (Key<?> key :
        List.of(
            CredentialKeys.PASSPHRASE,
            CredentialKeys.PASSPHRASE_FILE,
            CredentialKeys.KNOWN_HOSTS)) {
      boolean agentDoes = key.equals(CredentialKeys.KNOWN_HOSTS) && usesAgent(entry);
      if (entry.has(key) && !entry.has(CredentialKeys.SSH_KEY) && !agentDoes) {
        problems.add(
            entry.origin(key), prefix + key.path(), "is of use with an ssh_key only; give one");
      }
    }
  }

  private static void needsSigningKey(Values values, Problems problems) {
    for (Key<?> key :
        List.of(
            Keys.GIT_SIGNING_FORMAT,
            Keys.GIT_SIGNING_PASSPHRASE,
            Keys.GIT_SIGNING_PASSPHRASE_FILE)) {
      needs(values, key, values.has(Keys.GIT_SIGNING_KEY), Keys.GIT_SIGNING_KEY, problems);
    }
  }

  private static void proxyLoginIsWhole(Values values, Problems problems) {
    List<Key<?>> secrets = List.of(Keys.GIT_PROXY_PASSWORD, Keys.GIT_PROXY_PASSWORD_FILE);
    boolean secret = secrets.stream().anyMatch(values::has);
    for (Key<?> key : secrets) {
      needs(values, key, values.has(Keys.GIT_PROXY_USERNAME), Keys.GIT_PROXY_USERNAME, problems);
    }
    needs(values, Keys.GIT_PROXY_USERNAME, secret, Keys.GIT_PROXY_PASSWORD, problems);
    needs(values, Keys.GIT_PROXY_USERNAME, values.has(Keys.GIT_PROXY), Keys.GIT_PROXY, problems);
  }

  private static void needs(
      Values values, Key<?> key, boolean given, Key<?> other, Problems problems) {
    if (values.has(key) && !given) {
      problems.add(
          values.origin(key), key.path(), "is of use with " + other.path() + " only; give one");
    }
  }

  private static void tokenIsSafe(Values values, Problems problems) {
    boolean token = values.has(Keys.BACKEND_API_TOKEN) || values.has(Keys.BACKEND_API_TOKEN_FILE);
    boolean allowed = values.find(Keys.BACKEND_ALLOW_INSECURE_HTTP).orElse(true);
    if (token && !allowed && values.find(Keys.BACKEND_URL).filter(Rules::isExposed).isPresent()) {
      problems.add(
          values.origin(Keys.BACKEND_URL),
          Keys.BACKEND_URL.path(),
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

  private static void foldersAreApart(Values values, Problems problems) {
    Optional<Path> workspace = values.find(Keys.AVATAR_WORKSPACE);
    for (Key<Path> key : List.of(Keys.AVATAR_STATE_DIR, Keys.AVATAR_LOG_DIR)) {
      Optional<Path> folder = values.find(key);
      if (workspace.isPresent() && folder.filter(f -> f.startsWith(workspace.get())).isPresent()) {
        problems.add(
            place(values, key, Keys.AVATAR_WORKSPACE),
            key.path(),
            "is '"
                + folder.get()
                + "', expected a folder outside avatar.workspace, which is disposable");
      }
    }
  }

  private static void wordsDiffer(Values values, Problems problems) {
    Map<String, Key<String>> seen = new HashMap<>();
    for (Key<String> key : WORDS) {
      Optional<String> word = values.find(key);
      Optional<Key<String>> other = word.map(text -> seen.putIfAbsent(text, key));
      if (other.isPresent()) {
        problems.add(
            place(values, key, other.get()),
            key.path(),
            "is '" + word.get() + "', expected another word than that of " + other.get().path());
      }
    }
  }

  /** Where the first of two keys was given; where the second was, if the first is a default. */
  private static Origin place(Values values, Key<?> key, Key<?> other) {
    boolean isDefault = values.origin(key) instanceof Origin.Default;
    return values.origin(isDefault ? other : key);
  }
}
