package io.numa.avatar.cli.command;

import io.numa.avatar.cli.console.SandboxNotice;
import io.numa.avatar.port.PortException;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.worker.AvatarWorker;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Finds out what sandboxes hold, and tells it, on a thread of its own: that takes longer than all
 * else at the start of a command. A task that needs the answer earlier waits for it.
 */
final class SandboxAside implements AutoCloseable {
  /** An avatar whose backend does not answer finds it out, too. */
  private static final Duration LONGEST_POLL = Duration.ofSeconds(5);

  /** What is interrupted ends soon; a process that it waits for may be stuck. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final Thread thread;

  private SandboxAside(Looking looking) {
    this.thread = new Thread(() -> run(looking), "avatar-sandbox-notice");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Looking {
    void run() throws InterruptedException;
  }

  private static void run(Looking looking) {
    try {
      looking.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins as soon as the worker polls, and tells the line of {@code run} about sandboxes. */
  static SandboxAside ofWorker(
      AvatarWorker worker, LocalSandboxes sandboxes, Consumer<String> say) {
    return new SandboxAside(
        () -> {
          worker.awaitFirstPoll(LONGEST_POLL);
          tell(sandboxes, say, () -> List.of(atStart(sandboxes)));
        });
  }

  private static String atStart(LocalSandboxes sandboxes) {
    return SandboxNotice.atStart(sandboxes) + "; " + sandboxes.limits();
  }

  /** Begins at once, and tells which sandboxes hold less than they should. */
  static SandboxAside ofTask(
      LocalSandboxes sandboxes, RepositoryUrl repository, Consumer<String> say) {
    return new SandboxAside(
        () -> tell(sandboxes, say, () -> SandboxNotice.weaker(sandboxes, repository)));
  }

  /** Tells nothing if it was interrupted, as it found out less then. */
  private static void tell(
      LocalSandboxes sandboxes, Consumer<String> say, Supplier<List<String>> lines) {
    List<String> told = found(sandboxes, lines);
    if (!Thread.currentThread().isInterrupted()) {
      told.forEach(say);
    }
  }

  private static List<String> found(LocalSandboxes sandboxes, Supplier<List<String>> lines) {
    try {
      sandboxes.prepare();
      return lines.get();
    } catch (PortException e) {
      return List.of("there are no sandboxes: " + e.getMessage());
    }
  }

  /** Waits until all is told, or this thread is interrupted, which stays pending. */
  void await() {
    join(Duration.ZERO);
  }

  /** Interrupts what is being found out, and waits for its end, for some seconds at most. */
  @Override
  public void close() {
    thread.interrupt();
    join(LONGEST_END);
  }

  /**
   * @param longest zero for no limit
   */
  private void join(Duration longest) {
    try {
      thread.join(longest.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
