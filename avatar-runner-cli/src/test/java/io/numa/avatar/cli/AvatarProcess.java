package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.endurance.ClassArchive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The packaged program, started as an operator starts it: {@code java -jar avatar.jar …}. */
public final class AvatarProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "avatar.jar").toAbsolutePath();
  private static final long LIMIT_SECONDS = 300;

  private final Process process;
  private final Thread reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition printed = lock.newCondition();
  private final StringBuilder console = new StringBuilder();

  private AvatarProcess(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "avatar-console");
    reader.start();
  }

  /** Starts the program in {@code folder}, with a separate home folder and a UTF-8 locale. */
  public static AvatarProcess start(
      Path folder, Map<String, String> environment, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Short runs need half the processor time with these options, and again less with the archive.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(ClassArchive.forTheJar());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    Path home = Files.createDirectories(folder.resolve("home"));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "HOME", home.toString()));
    builder.environment().putAll(environment);
    return new AvatarProcess(builder.start());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        append(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(String line) {
    lock.lock();
    try {
      console.append(line).append('\n');
      printed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for its end, and gives its exit code. */
  public int await() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(
          "the avatar still runs after " + LIMIT_SECONDS + " s:\n" + console());
    }
    reader.join();
    return process.exitValue();
  }

  /** Waits until it has printed {@code text}. */
  public void awaitOutput(String text) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (console.indexOf(text) < 0) {
        left = printed.awaitNanos(left);
        if (left <= 0) {
          throw new AssertionError("'" + text + "' was not printed, but:\n" + console);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends SIGTERM by the process's handle, as {@link Process#destroy} would also close the output.
   */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** The processes that it and its children have started. */
  public Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  /** All that it has printed so far. */
  public String console() {
    lock.lock();
    try {
      return console.toString();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
