package io.numa.avatar.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
   * A bare repository, and how many of its commits to pick.
   *
   * @param list a file of commits to replay instead; empty to pick
   */
  record Order(Path repository, int count, Optional<Path> list) {
    /**
     * Reads {@code [-n COUNT] [-l LIST] REPOSITORY...}; options may change between repositories.
     */
    static List<Order> parse(List<String> arguments) {
      List<Order> orders = new ArrayList<>();
      int count = 500;
      Optional<Path> list = Optional.empty();
      for (var rest = arguments.iterator(); rest.hasNext(); ) {
        String argument = rest.next();
        if (argument.equals("-n") && rest.hasNext()) {
          count = Integer.parseInt(rest.next());
        } else if (argument.equals("-l") && rest.hasNext()) {
          list = Optional.of(Path.of(rest.next()));
        } else if (argument.startsWith("-")) {
          throw new IllegalArgumentException("unknown option, or one without a value: " + argument);
        } else {
          orders.add(new Order(Path.of(argument), count, list));
        }
      }
      return orders;
    }

    /** The name of the repository's folder, without {@code .git}. */
    String name() {
      Path folder = repository.toAbsolutePath().normalize().getFileName();
      return String.valueOf(folder).replaceFirst("\\.git$", "");
    }
  }

  /** Returns the exit code: 1 if a resulting tree was not the commit's. */
  int run(List<Order> orders) throws IOException, InterruptedException {
    var report = new ReplayReport();
    for (Order order : orders) {
      report.add(replay(order));
    }
    out.print(report.markdown());
    out.flush();
    return report.misses() == 0 ? 0 : 1;
  }

  private ReplayReport.Part replay(Order order) throws IOException, InterruptedException {
    String name = order.name();
    Path work = Files.createTempDirectory("replay-");
    try (var watch = new HeapWatch();
        var replay =
            Replay.of(order.repository(), work, text -> progress.println(name + ": " + text))) {
      List<Change> history = history(replay, order);
      List<Change> picked =
          order.list().isPresent() ? history : CommitPicker.pick(history, order.count());
      progress.println(name + ": " + picked.size() + " of " + history.size() + " commits");
      List<Replayed> replayed = replay.run(picked);
      long identical = replayed.stream().filter(Replayed::identical).count();
      progress.println(name + ": " + identical + " of " + replayed.size() + " identical");
      return new ReplayReport.Part(
          name, history.size(), picked.size(), replayed, watch.peak(), watch.peakAfterCollection());
    } finally {
      KeptTree.delete(work);
    }
  }

  private static List<Change> history(Replay replay, Order order)
      throws IOException, InterruptedException {
    History history = replay.history();
    List<Change> changes =
        order.list().isPresent()
            ? history.listed(order.list().get())
            : history.upTo(NativeGit.head(order.repository()));
    return history.survey(changes, replay.scratch());
  }
}
