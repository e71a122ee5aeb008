package io.numa.avatar.git.internal.support;

import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * Reports the progress of a transfer, and stops it once the thread that made this monitor is
 * interrupted: JGit's reads ignore interruption. JGit calls it from several threads, in no fixed
 * order.
 */
public final class TransferMonitor implements ProgressMonitor {
  private static final long PAUSE = Duration.ofMillis(250).toNanos();

  private final Thread caller = Thread.currentThread();
  private final Object lock = new Object();
  private final Path objects;
  private final Consumer<TransferProgress> listener;
  private final long before;
  private String activity = "";
  private long done;
  private int total = UNKNOWN;
  private long lastReport = TimeSource.SYSTEM.nanoTime() - PAUSE;
  private volatile boolean stopped;

  private TransferMonitor(Path objects, Consumer<TransferProgress> listener) {
    this.objects = objects;
    this.listener = listener;
    this.before = bytesThere();
  }

  /** Monitors a transfer into a Git directory. */
  public static TransferMonitor of(Path git, Consumer<TransferProgress> listener) {
    return new TransferMonitor(git.resolve("objects"), listener);
  }

  @Override
  public void start(int totalTasks) {}

  @Override
  public void beginTask(String title, int totalWork) {
    synchronized (lock) {
      activity = title == null ? "" : title;
      total = totalWork;
      done = 0;
      reportNowAndThen();
    }
  }

  @Override
  public void update(int completed) {
    synchronized (lock) {
      done += completed;
      reportNowAndThen();
    }
  }

  @Override
  public void endTask() {}

  @Override
  public boolean isCancelled() {
    return stopped || caller.isInterrupted();
  }

  /** Stops the transfer, on behalf of a thread that has noticed its interruption. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void showDuration(boolean enabled) {}

  private void reportNowAndThen() {
    long now = TimeSource.SYSTEM.nanoTime();
    if (now - lastReport < PAUSE || activity.isEmpty()) {
      return;
    }
    lastReport = now;
    OptionalLong known = total > UNKNOWN ? OptionalLong.of(total) : OptionalLong.empty();
    listener.accept(new TransferProgress(activity, done, known, bytesThere() - before));
  }

  private long bytesThere() {
    return bytes(objects) + bytes(objects.resolve("pack"));
  }

  private static long bytes(Path folder) {
    try (var packs = Files.newDirectoryStream(folder, "*.pack")) {
      long sum = 0;
      for (Path pack : packs) {
        sum += Files.size(pack);
      }
      return sum;
    } catch (IOException | UncheckedIOException e) {
      return 0; // JGit is moving it into place just now
    }
  }
}
