package io.numa.avatar.cli.console;

import io.numa.avatar.run.RunListener;

/** Shows what an avatar does. Safe for use by several threads. */
public interface View extends RunListener, AutoCloseable {
  /** Shows a line that belongs to no task. */
  void say(String line);

  /**
   * Restores the terminal if the view uses one. Lines need no flush: each is flushed when it is
   * printed.
   */
  @Override
  default void close() {}
}
