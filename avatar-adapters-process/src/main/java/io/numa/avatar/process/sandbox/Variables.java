package io.numa.avatar.process.sandbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes variables that come from the avatar fit for the inside of a sandbox. */
final class Variables {
  /** Folders of the operator; without them, tools use folders in HOME. */
  private static final List<String> FOLDERS =
      List.of(
          ("XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME"
                  + " CARGO_HOME GOCACHE GOMODCACHE GOPATH GRADLE_USER_HOME BUN_INSTALL PNPM_HOME")
              .split(" "));

  private static final Set<String> PROXIES =
      Set.of("http_proxy", "https_proxy", "all_proxy", "no_proxy");

  private final Map<String, String> values;

  /**
   * @param home where HOME is seen
   */
  Variables(Map<String, String> inherited, Path home) {
    this.values = new HashMap<>(inherited);
    FOLDERS.forEach(values::remove);
    values.put("HOME", home.toString());
    values.put("TMPDIR", "/tmp");
    values.put("USER", "agent");
    values.put("LOGNAME", "agent");
    values.put("SHELL", "/bin/sh");
  }

  /** Without the proxies of the machine, which cannot be reached. */
  Variables withoutProxies() {
    values.keySet().removeIf(name -> PROXIES.contains(name.toLowerCase(Locale.ROOT)));
    return this;
  }

  /** Adds variables; they override those that are there. */
  Variables with(Map<String, String> more) {
    values.putAll(more);
    return this;
  }

  Map<String, String> values() {
    return Map.copyOf(values);
  }
}
