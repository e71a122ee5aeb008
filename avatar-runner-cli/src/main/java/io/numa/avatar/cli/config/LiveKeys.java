package io.numa.avatar.cli.config;

import java.util.List;

/** Which keys of the configuration hold for a running avatar, and which need a restart. */
public final class LiveKeys {
  private static final List<String> LIVE =
      List.of(
          "agents",
          "avatar.concurrency",
          "backend.api_token",
          "backend.api_token_file",
          "cancellation",
          "execution",
          "git.allow_default_branch",
          "git.change_request",
          "git.change_request_labels",
          "git.change_request_reviewers",
          "git.credentials",
          "guard",
          "history",
          "polling",
          "review",
          "shutdown.drain",
          "workspace.keep_failed");

  /** The environment of commands is made once. */
  private static final List<String> EXCEPT = List.of("execution.environment");

  private LiveKeys() {}

  /** The keys, and sections with all their keys but {@link #exceptions}, that need no restart. */
  static List<String> all() {
    return LIVE;
  }

  /** Keys in these sections that need a restart all the same. */
  static List<String> exceptions() {
    return EXCEPT;
  }

  /** Whether a key, given by its dotted path, holds from the next task on after a reload. */
  public static boolean isLive(String path) {
    return isIn(path, LIVE) && !isIn(path, EXCEPT);
  }

  private static boolean isIn(String path, List<String> keys) {
    return keys.stream().anyMatch(key -> path.equals(key) || path.startsWith(key + "."));
  }
}
