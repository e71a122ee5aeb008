package io.numa.avatar.benchmarks.sandbox;

import static io.numa.avatar.task.sandbox.SandboxProfile.EGRESS;
import static io.numa.avatar.task.sandbox.SandboxProfile.OFF;
import static java.util.Objects.requireNonNull;

import io.numa.avatar.benchmarks.tasks.Spread;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures what the sandbox adds to the shortest command and to a whole task. All sides take turns,
 * and the side without a sandbox takes part twice: the difference of the two tells the noise.
 */
public final class SandboxBenchmark {
  private static final int UNTIMED = 5;
  private static final String BASE = "off";
  private static final String AGAIN = "off, again";

  private final Path folder;
  private final int rounds;

  private SandboxBenchmark(Path folder, int rounds) {
    this.folder = folder;
    this.rounds = rounds;
  }

  /**
   * Prints the report.
   *
   * @param arguments a folder, and the number of rounds
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var benchmark =
        new SandboxBenchmark(Path.of(arguments[0]).toRealPath(), Integer.parseInt(arguments[1]));
    benchmark.commands();
    benchmark.tasks();
    System.exit(0);
  }

  private void commands() throws IOException, InterruptedException {
    Map<String, Side> sides = new LinkedHashMap<>();
    sides.put(AGAIN, new CommandSide(OFF, newFolder("again")));
    for (SandboxProfile profile : SandboxProfile.values()) {
      var side = new CommandSide(profile, newFolder(profile.word()));
      sides.put(profile.word(), side);
      if (!side.lacks().isEmpty()) {
        print("%s lacks here: %s", profile.word(), String.join(", ", side.lacks()));
      }
    }
    report("a command (`true`)", measured(sides));
  }

  private void tasks() throws IOException, InterruptedException {
    try (GitServer git = GitServer.start(newFolder("git"))) {
      git.createRepository("small").seed("main", files());
      String url = git.httpUrl("small");
      Map<String, Side> sides = new LinkedHashMap<>();
      sides.put(AGAIN, new TaskSide("again", OFF, newFolder("task-again"), url));
      sides.put(BASE, new TaskSide("off", OFF, newFolder("task-off"), url));
      sides.put(EGRESS.word(), new TaskSide("egress", EGRESS, newFolder("task-egress"), url));
      report("a warm task", measured(sides));
    }
  }

  private static Map<String, String> files() {
    return IntStream.range(0, 100)
        .boxed()
        .collect(Collectors.toMap(i -> "file-" + i + ".txt", i -> "Text " + i + "\n"));
  }

  private Path newFolder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  /** The times of all sides, in nanoseconds. The first rounds are not timed. */
  private Map<String, List<Long>> measured(Map<String, Side> sides)
      throws IOException, InterruptedException {
    Map<String, List<Long>> times = new LinkedHashMap<>();
    sides.keySet().forEach(name -> times.put(name, new ArrayList<>()));
    List<Map.Entry<String, Side>> order = new ArrayList<>(sides.entrySet());
    for (int round = -UNTIMED; round < rounds; round++) {
      for (Map.Entry<String, Side> side : order) {
        long taken = side.getValue().nanos();
        if (round >= 0) {
          times.computeIfAbsent(side.getKey(), first -> new ArrayList<>()).add(taken);
        }
      }
      Collections.rotate(order, 1);
    }
    for (Side side : sides.values()) {
      side.close();
    }
    return times;
  }

  private static void report(String what, Map<String, List<Long>> times) {
    List<Long> base = requireNonNull(times.get(BASE));
    print("");
    print("| %s | ms | added: median of pairs (quartiles) | ratio |", what);
    print("|---|---:|---:|---:|");
    times.forEach(
        (name, all) ->
            print(
                "| %s | %s | %s | %s |",
                name, Spread.ofNanos(all), added(all, base), ratio(all, base)));
  }

  private static String added(List<Long> times, List<Long> base) {
    List<Double> pairs =
        IntStream.range(0, times.size())
            .mapToObj(i -> (times.get(i) - base.get(i)) / 1e6)
            .sorted()
            .toList();
    return String.format(
        Locale.ROOT, "%.1f (%.1f–%.1f)", rank(pairs, 2), rank(pairs, 1), rank(pairs, 3));
  }

  /** The value at so many quarters. */
  private static double rank(List<Double> sorted, int quarters) {
    return sorted.get((sorted.size() - 1) * quarters / 4);
  }

  private static String ratio(List<Long> times, List<Long> base) {
    return String.format(
        Locale.ROOT, "%.3f", Spread.ofNanos(times).median() / Spread.ofNanos(base).median());
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
