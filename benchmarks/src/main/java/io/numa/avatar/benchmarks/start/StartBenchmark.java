package io.numa.avatar.benchmarks.start;

import io.numa.avatar.benchmarks.tasks.Spread;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Measures the time from a command to the first poll of {@code avatar run}, and the memory of an
 * avatar that waits. The commands take turns.
 */
public final class StartBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration WAITS = Duration.ofSeconds(5);

  private final Path folder;
  private final Map<String, Side> sides = new LinkedHashMap<>();

  private record Side(String command, List<Long> starts, List<Long> resident) {}

  private StartBenchmark(Path folder) {
    this.folder = folder;
  }

  /**
   * Prints the report.
   *
   * @param arguments a folder, the number of rounds, and a command of the shell for each side, such
   *     as {@code package=/usr/bin/avatar}; of another program also the port of its server, such as
   *     {@code buildbot@19989=buildbot-worker start --nodaemon worker}
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, TimeoutException {
    var benchmark = new StartBenchmark(Path.of(arguments[0]).toRealPath());
    for (String side : List.of(arguments).subList(2, arguments.length)) {
      String[] parts = side.split("=", 2);
      benchmark.sides.put(parts[0], new Side(parts[1], new ArrayList<>(), new ArrayList<>()));
    }
    int rounds = Integer.parseInt(arguments[1]);
    for (int round = 0; round <= rounds; round++) {
      for (var side : benchmark.sides.entrySet()) {
        if (side.getKey().contains("@")) {
          benchmark.connect(side.getKey(), side.getValue(), round > 0);
        } else {
          benchmark.start(side.getKey(), side.getValue(), round > 0);
        }
      }
    }
    benchmark.report();
    System.exit(0);
  }

  private void start(String name, Side side, boolean counts)
      throws IOException, InterruptedException, TimeoutException {
    Path home = Files.createDirectories(folder.resolve(name));
    try (var backend = NumaBackend.start()) {
      Files.writeString(home.resolve("config.yaml"), configuration(backend));
      var builder =
          program(side.command + " run --config config.yaml", home).directory(home.toFile());
      builder.environment().put("HOME", home.toString());
      long begin = TimeSource.SYSTEM.nanoTime();
      Process avatar = builder.start();
      backend.awaitRequests(1, "/messages", LIMIT);
      end(side, avatar, TimeSource.SYSTEM.since(begin).toNanos(), counts);
    }
  }

  /** Until another program connects to its server, which takes the connection and says nothing. */
  private void connect(String name, Side side, boolean counts)
      throws IOException, InterruptedException {
    int port = Integer.parseInt(name.substring(name.indexOf('@') + 1));
    try (var server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
      long begin = TimeSource.SYSTEM.nanoTime();
      Process worker = program(side.command, folder).start();
      try (var connection = server.accept()) {
        end(side, worker, TimeSource.SYSTEM.since(begin).toNanos(), counts);
      }
    }
  }

  private static ProcessBuilder program(String command, Path home) {
    return new ProcessBuilder("/bin/sh", "-c", "exec " + command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("output").toFile());
  }

  private static void end(Side side, Process process, long took, boolean counts)
      throws IOException, InterruptedException {
    new Waiter().pause(WAITS);
    long resident = resident(process.pid());
    process.destroy();
    process.waitFor();
    if (counts) {
      side.starts.add(took);
      side.resident.add(resident);
    }
  }

  private static String configuration(NumaBackend backend) {
    return """
        backend: {url: "BACKEND"}
        git: {username: Avatar, email: avatar@example.com}
        avatar: {id: start, workspace: workspace, state_dir: state, log_dir: logs}
        workspace: {min_free: 1MiB}
        """
        .replace("BACKEND", backend.url().toString());
  }

  /** In kB, as Linux tells. */
  private static long resident(long process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private void report() {
    System.out.println("| | first poll, ms | resident, MB |\n|---|---:|---:|");
    sides.forEach(
        (name, side) -> {
          List<Long> sorted = side.resident.stream().sorted().toList();
          System.out.println(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %.1f |",
                  name,
                  Spread.ofNanos(side.starts),
                  sorted.get(sorted.size() / 2) / 1e3));
        });
  }
}
