package io.numa.avatar.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses the variables of the avatar's environment that a command gets: those on a list whose
 * values hold no secret. The plan's own variables override them.
 */
final class ChildEnvironment {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** A shorter secret must equal the whole value, as its text may be part of a value by chance. */
  private static final int SHORTEST_PART = 6;

  // Left out on purpose: SSH_AUTH_SOCK, XDG_RUNTIME_DIR and DBUS_SESSION_BUS_ADDRESS lead to the
  // keys of the operator who started the avatar; JAVA_TOOL_OPTIONS, MAVEN_OPTS, LD_PRELOAD and
  // their like change what runs; TERM is wrong, as there is no terminal.
  private static final Set<String> USUAL =
      words(
          // the user and the user's folders
          "PATH HOME USER LOGNAME SHELL TMPDIR",
          "XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME",
          // language and time
          "LANG LANGUAGE LC_* TZ",
          // folders of tools and their download caches
          "ANDROID_HOME BUN_INSTALL CARGO_HOME DOTNET_ROOT GOCACHE GOMODCACHE GOPATH GOROOT",
          "GRADLE_HOME GRADLE_USER_HOME JAVA_HOME M2_HOME MAVEN_HOME NVM_DIR PNPM_HOME",
          "PYENV_ROOT RBENV_ROOT RUSTUP_HOME SDKMAN_DIR VOLTA_HOME",
          // certificates that tools trust
          "CURL_CA_BUNDLE NODE_EXTRA_CA_CERTS REQUESTS_CA_BUNDLE SSL_CERT_DIR SSL_CERT_FILE",
          "CI");

  /** Proxies; passed only if the value has no user name and no password. */
  private static final Set<String> PROXIES =
      words("http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY");

  private final Set<String> secrets;
  private final Map<String, String> inherited;

  ChildEnvironment(ProcessSettings settings) {
    this.secrets = settings.secrets();
    var visible = new HashMap<>(Map.of("PATH", DEFAULT_PATH, "CI", "true"));
    settings.environment().entrySet().stream()
        .filter(variable -> allowed(settings.passed(), variable.getKey(), variable.getValue()))
        .forEach(variable -> visible.put(variable.getKey(), variable.getValue()));
    this.inherited = Map.copyOf(visible);
  }

  /** The variables that every command gets. */
  Map<String, String> inherited() {
    return inherited;
  }

  /** The environment of a command that has {@code own} variables and this tag. */
  Map<String, String> with(Map<String, String> own, ProcessTag tag) {
    var environment = new HashMap<>(inherited);
    environment.putAll(own);
    environment.put(ProcessTag.VARIABLE, tag.value());
    return environment;
  }

  private static Set<String> words(String... lines) {
    return Set.of(String.join(" ", lines).split(" "));
  }

  private boolean allowed(Set<String> passed, String name, String value) {
    if (name.startsWith("AVATAR_") || holdsSecret(value)) {
      return false;
    }
    return USUAL.stream().anyMatch(names(name))
        || passed.stream().anyMatch(names(name))
        || (PROXIES.contains(name) && value.indexOf('@') < 0);
  }

  private static Predicate<String> names(String name) {
    return pattern ->
        pattern.endsWith("*")
            ? name.startsWith(pattern.substring(0, pattern.length() - 1))
            : name.equals(pattern);
  }

  private boolean holdsSecret(String value) {
    return secrets.stream()
        .filter(secret -> !secret.isEmpty())
        .anyMatch(
            secret ->
                value.equals(secret)
                    || (secret.length() >= SHORTEST_PART && value.contains(secret)));
  }
}
