package io.numa.avatar.operation;

import java.util.List;
import java.util.Optional;

/** Reads the configuration of a running avatar anew. Safe for use by several threads. */
@FunctionalInterface
public interface Reloading {
  /** There is no configuration that could be read. */
  Reloading NONE = () -> Result.refused("this avatar's configuration is in no file");

  /** Has the avatar use what holds without a restart; the running tasks keep what they have. */
  Result reload();

  /**
   * What reading it anew has changed. Keys are dotted paths.
   *
   * @param changed the keys whose new values hold from now on
   * @param restart the keys whose new values hold only after a restart
   * @param problem why nothing was changed; empty if the configuration is used
   */
  record Result(List<String> changed, List<String> restart, Optional<String> problem) {
    public Result {
      changed = List.copyOf(changed);
      restart = List.copyOf(restart);
    }

    public static Result refused(String problem) {
      return new Result(List.of(), List.of(), Optional.of(problem));
    }
  }
}
