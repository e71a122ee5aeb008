package io.numa.avatar.cli.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** One process of an avatar; see {@link AvatarHome}. {@link #close} ends it if it still runs. */
public final class AvatarProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Process process;
  private final Thread reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition printed = lock.newCondition();
  private final StringBuilder console = new StringBuilder();
  private boolean silent;

  AvatarProcess(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "avatar-console-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        append(line + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.lock();
      try {
        silent = true;
        printed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void append(String line) {
    lock.lock();
    try {
      console.append(line);
      printed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that it has printed so far, on both of its outputs. */
  public String console() {
    lock.lock();
    try {
      return console.toString();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it has printed {@code text}. */
  public void awaitOutput(String text) throws InterruptedException {
    if (!awaits(all -> all.contains(text), LIMIT)) {
      throw new AssertionError("'" + text + "' was not printed, but:\n" + console());
    }
  }

  /** Waits until its output is {@code wanted}, it has ended, or {@code limit} is over. */
  public boolean awaits(Predicate<String> wanted, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!wanted.test(console.toString()) && !silent && left > 0) {
        left = printed.awaitNanos(left);
      }
      return wanted.test(console.toString());
    } finally {
      lock.unlock();
    }
  }

  /** Waits for its end, and gives its exit code: 128 and the signal's number after a signal. */
  public int await() throws InterruptedException {
    if (!process.waitFor(LIMIT.toNanos(), NANOSECONDS)) {
      throw new AssertionError("the avatar still runs after " + LIMIT + ":\n" + console());
    }
    reader.join();
    return process.exitValue();
  }

  /** Sends SIGKILL, and waits for its end. */
  public void kill() throws InterruptedException {
    // By the handle, as Process.destroyForcibly would also close the output.
    process.toHandle().destroyForcibly();
    await();
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGHUP. */
  public void hangUp() throws IOException, InterruptedException {
    signal("HUP");
  }

  /** Puts it to sleep, by SIGSTOP, until {@link #resume}. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Wakes it, by SIGCONT. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
    if (!kill.waitFor(10, SECONDS) || kill.exitValue() != 0) {
      throw new IOException("could not send SIG" + name + " to " + process.pid());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
