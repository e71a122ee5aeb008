package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Another process that holds a lock until it is killed. */
final class LockHolder implements AutoCloseable {
  private final Process process;

  private LockHolder(Process process) {
    this.process = process;
  }

  static LockHolder start(Path lock) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                lock.toString())
            .redirectErrorStream(true)
            .start();
    String said = process.inputReader(UTF_8).readLine();
    if (!"held".equals(said)) {
      throw new IOException("the lock was not taken: " + said);
    }
    return new LockHolder(process);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not end");
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    try (var channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      System.out.println(held.isValid() ? "held" : "not held");
      System.in.read(); // until it is killed
    }
  }
}
