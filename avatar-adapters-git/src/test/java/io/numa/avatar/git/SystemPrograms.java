package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Servers and tools of the system, which may be missing. */
final class SystemPrograms {
  private static final List<String> FOLDERS =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/usr/lib/git-core");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private SystemPrograms() {}

  /** Skips the test where a program is not installed. */
  static Path require(String name) {
    Optional<Path> found =
        FOLDERS.stream()
            .map(Path::of)
            .map(one -> one.resolve(name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), name + " is not installed");
    return found.orElseThrow();
  }

  /** Runs a program to its end, and gives what it has printed. */
  static String run(String name, String... arguments) throws IOException, InterruptedException {
    String[] command =
        Stream.concat(Stream.of(require(name).toString()), Stream.of(arguments))
            .toArray(String[]::new);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** A port that is free at the moment. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Something that may not be there yet. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits until a process that was started is ready. */
  static void await(Process process, Condition condition) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        end(process);
        throw new IOException(
            process.info()
                + " did not start:\n"
                + new String(process.getInputStream().readAllBytes(), UTF_8));
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends a process and its children. */
  static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
