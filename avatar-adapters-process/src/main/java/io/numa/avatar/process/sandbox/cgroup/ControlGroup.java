package io.numa.avatar.process.sandbox.cgroup;

import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control group of one sandbox. Safe for use by several threads. */
public final class ControlGroup {
  private static final Logger log = LoggerFactory.getLogger(ControlGroup.class);

  /** Processes that were killed stay in their group for a moment. */
  private static final int TRIES = 50;

  private static final Duration PAUSE = Duration.ofMillis(10);

  private final GroupFiles files;
  private final Path folder;

  private ControlGroup(GroupFiles files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * Makes a group without processes.
   *
   * @param within the group to make it in
   * @param processes how many processes and threads may live at once
   * @param memory bytes of all processes together; the kernel ends all of them if they need more
   */
  static ControlGroup make(GroupFiles files, Path within, int processes, long memory)
      throws IOException {
    Path folder = within.resolve(GroupName.own().text());
    files.make(folder);
    var group = new ControlGroup(files, folder);
    try {
      files.write(folder.resolve("pids.max"), Integer.toString(processes));
      files.write(folder.resolve("memory.max"), Long.toString(memory));
      group.writeIfThere("memory.swap.max", "0");
      group.writeIfThere("memory.oom.group", "1");
      return group;
    } catch (IOException e) {
      group.end();
      throw e;
    }
  }

  /** Removes the groups of avatars that have ended, with all processes that they left. */
  static void removeAbandoned(GroupFiles files, Path within) throws IOException {
    files.children(within).stream()
        .filter(group -> GroupName.of(group).filter(GroupName::isAbandoned).isPresent())
        .forEach(group -> new ControlGroup(files, group).end());
  }

  /** Older kernels, or those that do not count what is swapped out, lack some files. */
  private void writeIfThere(String name, String text) throws IOException {
    try {
      files.write(folder.resolve(name), text);
    } catch (NoSuchFileException e) {
      log.debug("this kernel has no '{}'", name);
    }
  }

  /** Its folder, by which processes join it. */
  public Path folder() {
    return folder;
  }

  /** Ends all processes that are left, and removes the group; logs if it stays. */
  public void end() {
    try {
      writeIfThere("cgroup.kill", "1");
      remove();
    } catch (IOException e) {
      log.warn("Could not remove the control group '{}': {}", folder, e.toString());
    }
  }

  private void remove() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        files.remove(folder);
        return;
      } catch (NoSuchFileException e) {
        return;
      } catch (IOException e) {
        if (tries == TRIES || !paused()) {
          throw e;
        }
      }
    }
  }

  /** Whether there is more time; an interruption stays pending. */
  private static boolean paused() {
    try {
      new Waiter().pause(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
