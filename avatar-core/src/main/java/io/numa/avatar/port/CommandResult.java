package io.numa.avatar.port;

import java.time.Duration;

/** How a command ended. */
public sealed interface CommandResult {
  /** It exited by itself; {@code code} is 128 + n if signal n ended it. */
  record Exited(int code, Duration duration) implements CommandResult {}

  /** It ran longer than {@code limit}, and the runner ended it. */
  record TimedOut(Duration limit) implements CommandResult {}

  /** It printed nothing for {@code limit}, and the runner ended it. */
  record Stalled(Duration limit) implements CommandResult {}

  /**
   * It exceeded a limit of its sandbox, and the runner ended it.
   *
   * @param excess such as "its tree is larger than 10GiB (sandbox.limits.tree)"
   */
  record OverLimit(String excess) implements CommandResult {}
}
