package io.numa.avatar.port;

import java.time.Duration;

/** How a command ended. */
public sealed interface CommandResult {
  /** By itself; {@code code} is 128 + n where signal n ended it. */
  record Exited(int code, Duration duration) implements CommandResult {}

  /** It outlasted {@code limit} and was ended. */
  record TimedOut(Duration limit) implements CommandResult {}

  /** It printed nothing for {@code limit} and was ended. */
  record Stalled(Duration limit) implements CommandResult {}
}
