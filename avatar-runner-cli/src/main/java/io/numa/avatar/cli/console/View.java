package io.numa.avatar.cli.console;

import io.numa.avatar.port.repository.PatchNotes;
import io.numa.avatar.run.RunListener;
import java.nio.file.Path;

/** Shows what an avatar does. Safe for use by several threads. */
public interface View extends RunListener, AutoCloseable {
  /** Shows a line that belongs to no task. */
  void say(String line);

  /** Shows a line of the avatar's log that is a JSON object. */
  default void sayJson(String line) {
    say(line);
  }

  /**
   * Shows that a commit was written to a file.
   *
   * @param notes what its reader must know to apply it
   */
  default void patched(Path file, PatchNotes notes) {}

  /**
   * Restores the terminal if the view uses one. Lines need no flush: each is flushed when it is
   * printed.
   */
  @Override
  default void close() {}
}
