package io.numa.avatar.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Replays one repository after the other, and prints the report. */
final class ReplayCommand {
  private final PrintStream out;
  private final PrintStream progress;

  /**
   * @param out for the report
   * @param progress for what happens on the way
   */
  ReplayCommand(PrintStream out, PrintStream progress) {
    this.out = out;
    this.progress = progress;
  }

  /**
   * What to replay.
   *
   * @param count how many commits of each repository to pick
   * @param list a file of commits to replay instead; empty to pick
   */
  record Order(Path work, int count, Optional<Path> list, List<Path> repositories) {
    Order {
      repositories = List.copyOf(repositories);
      if (repositories.isEmpty()) {
        throw new IllegalArgumentException("name a bare repository to replay");
      }
    }

    /** Reads {@code [-n COUNT] [-l LIST] [-w FOLDER] REPOSITORY...}. */
    static Order parse(List<String> arguments) {
      int count = 500;
      Optional<Path> list = Optional.empty();
      Path work = Path.of(System.getProperty("java.io.tmpdir"));
      int at = 0;
      for (; at + 1 < arguments.size() && arguments.get(at).startsWith("-"); at += 2) {
        String value = arguments.get(at + 1);
        switch (arguments.get(at)) {
          case "-n" -> count = Integer.parseInt(value);
          case "-l" -> list = Optional.of(Path.of(value));
          case "-w" -> work = Path.of(value);
          default -> throw new IllegalArgumentException("unknown option: " + arguments.get(at));
        }
      }
      List<Path> repositories = arguments.stream().skip(at).map(Path::of).toList();
      return new Order(work, count, list, repositories);
    }
  }

  /** Gives the exit code: 1 if a tree was not the commit's. */
  int run(Order order) throws IOException, InterruptedException {
    var report = new ReplayReport();
    for (Path repository : order.repositories()) {
      report.add(replay(repository, order));
    }
    out.print(report.markdown());
    out.flush();
    return report.misses() == 0 ? 0 : 1;
  }

  private ReplayReport.Part replay(Path repository, Order order)
      throws IOException, InterruptedException {
    String name = name(repository);
    Path work = Files.createTempDirectory(order.work(), "replay-");
    try (var watch = new HeapWatch();
        var replay = Replay.of(repository, work, text -> progress.println(name + ": " + text))) {
      List<Change> history = history(replay, repository, order);
      List<Change> picked =
          order.list().isPresent() ? history : CommitPicker.pick(history, order.count());
      progress.println(name + ": " + picked.size() + " of " + history.size() + " commits");
      List<Replayed> replayed = replay.run(picked);
      return new ReplayReport.Part(
          name, history.size(), picked.size(), replayed, watch.peak(), watch.peakAfterCollection());
    } finally {
      KeptTree.delete(work);
    }
  }

  private static List<Change> history(Replay replay, Path repository, Order order)
      throws IOException, InterruptedException {
    History history = replay.history();
    List<Change> changes =
        order.list().isPresent()
            ? history.listed(order.list().get())
            : history.upTo(NativeGit.head(repository));
    return history.survey(changes, replay.scratch());
  }

  /** A bare repository is called after its folder, less {@code .git}. */
  private static String name(Path repository) {
    return repository
        .toAbsolutePath()
        .normalize()
        .getFileName()
        .toString()
        .replaceFirst("\\.git$", "");
  }
}
