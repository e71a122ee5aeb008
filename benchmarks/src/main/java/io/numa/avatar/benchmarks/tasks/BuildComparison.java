package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measures warm tasks of two builds of the avatar in turns, and of the first build twice: the ratio
 * of the two equal builds shows how large the noise is.
 */
public final class BuildComparison {
  private static final int HEAP = 256;
  private static final int UNTIMED_ROUNDS = 10;

  private final Build before;
  private final Build again;
  private final Build after;
  private final ServedRepository repository;
  private final String url;

  /** An avatar of one build, with the time of each measured task in nanoseconds. */
  private record Build(String name, AvatarProcess avatar, List<Long> nanos) {
    static Build start(String name, Path work, String classPath) throws IOException {
      Path folder = Files.createTempDirectory(work, "avatar-");
      return new Build(name, AvatarProcess.start(folder, HEAP, classPath), new ArrayList<>());
    }
  }

  private BuildComparison(
      GitHost host, ServedRepository repository, Build before, Build again, Build after) {
    this.before = before;
    this.again = again;
    this.after = after;
    this.repository = repository;
    this.url = GitHost.url(host.port(), repository.name());
  }

  /**
   * Takes an existing folder to work in, the class paths of both builds, the number of rounds, and
   * a bare repository or a number of files to generate one with.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path work = Path.of(arguments[0]);
    int rounds = Integer.parseInt(arguments[3]);
    try (GitHost host = GitHost.start(work)) {
      var comparison =
          new BuildComparison(
              host,
              repository(arguments[4], host.root()),
              Build.start("before", work, arguments[1]),
              Build.start("before-again", work, arguments[1]),
              Build.start("after", work, arguments[2]));
      comparison.run(rounds);
      System.out.print(comparison.report());
    }
  }

  private static ServedRepository repository(String source, Path root)
      throws IOException, InterruptedException {
    return source.matches("[0-9]+")
        ? ServedRepository.generate("generated", Generated.files(Integer.parseInt(source)), root)
        : ServedRepository.copy("real", Path.of(source), root);
  }

  private void run(int rounds) throws IOException, InterruptedException {
    List<Build> order = new ArrayList<>(List.of(before, again, after));
    for (int round = 0; round < UNTIMED_ROUNDS + rounds; round++) {
      repository.move();
      for (Build build : order) {
        long taken = carryOut(build);
        if (round >= UNTIMED_ROUNDS) {
          build.nanos().add(taken);
        }
      }
      Collections.rotate(order, 1);
    }
    for (Build build : order) {
      build.avatar().close();
    }
  }

  private long carryOut(Build build) throws IOException, InterruptedException {
    Assignment task = repository.next(url, build.name());
    long taken = build.avatar().carryOut(task).nanos();
    repository.settle(task);
    return taken;
  }

  private String report() {
    var report = new StringBuilder("Warm tasks, ms: median (least–most)\n");
    for (Build build : List.of(before, again, after)) {
      report.append(build.name()).append(": ").append(Spread.ofNanos(build.nanos())).append('\n');
    }
    report.append("Ratios of pairs: quartiles (least–most)\n");
    for (Build build : List.of(again, after)) {
      report.append(build.name()).append(" / before: ").append(ratios(build)).append('\n');
    }
    return report.toString();
  }

  private String ratios(Build build) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < before.nanos().size(); i++) {
      ratios.add(build.nanos().get(i) / (double) before.nanos().get(i));
    }
    Collections.sort(ratios);
    int last = ratios.size() - 1;
    return String.format(
        Locale.ROOT,
        "%.2f, %.2f, %.2f (%.2f–%.2f)",
        ratios.get(last / 4),
        ratios.get(last / 2),
        ratios.get(last - last / 4),
        ratios.get(0),
        ratios.get(last));
  }
}
