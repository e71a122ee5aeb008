package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures whole tasks, compared with native Git, on one repository after the other. */
public final class GitBenchmark {
  private static final String HISTORY = "history-of-1-GiB";
  private static final int COMMITS = 1024; // of 1 MiB each
  private static final String REFS = "50000-refs";
  private static final int MANY_REFS = 50_000;

  private final Options options;
  private final PrintStream progress;
  private final List<TrialResult> results = new ArrayList<>();
  private final List<TrialResult> growth = new ArrayList<>();
  private final List<TrialResult> extremes = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * @param progress for progress messages
   */
  GitBenchmark(Options options, PrintStream progress) {
    this.options = options;
    this.progress = progress;
  }

  /** Takes the options that the README of this module describes. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    var benchmark = new GitBenchmark(options, System.err);
    System.out.print(benchmark.run());
    System.out.flush();
    return benchmark.failures.isEmpty() ? 0 : 1;
  }

  /** Measures everything, and returns the report. */
  String run() throws IOException, InterruptedException {
    Path work = options.work();
    try (GitHost host = options.testkit() ? TestkitHost.start(work) : GitHost.start(work)) {
      var bench = new Bench(host, options.scripts(), work, options.heap());
      var surroundings = Surroundings.now(host);
      for (Map.Entry<String, Path> one : options.repositories().entrySet()) {
        attempt(one.getKey(), () -> real(bench, one.getKey(), one.getValue()));
      }
      for (int files : options.sizes()) {
        String name = "generated-" + files;
        attempt(name, () -> growth.add(generated(bench, name, Generated.files(files))));
      }
      if (options.extremes()) {
        attempt(HISTORY, () -> extremes.add(generated(bench, HISTORY, Generated.history(COMMITS))));
        attempt(REFS, () -> extremes.add(generated(bench, REFS, Generated.refs(MANY_REFS))));
      }
      return report(surroundings);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Logs a failure and continues, so that one failing repository does not stop the others. */
  private void attempt(String name, Work work) throws InterruptedException {
    try {
      work.run();
    } catch (IOException e) {
      progress.println(name + ": failed: " + e.getMessage());
      failures.add(name + ": " + e.getMessage());
    }
  }

  private void real(Bench bench, String name, Path original)
      throws IOException, InterruptedException {
    progress.println(name + ": copying");
    var repository = ServedRepository.copy(name, original, bench.host().root());
    results.add(new Trial(bench, repository, progress::println).run(options.effort()));
  }

  private TrialResult generated(Bench bench, String name, BareGit.Input content)
      throws IOException, InterruptedException {
    progress.println(name + ": generating");
    var repository = ServedRepository.generate(name, content, bench.host().root());
    return new Trial(bench, repository, progress::println).runGrowth(options.effort());
  }

  private String report(Surroundings surroundings) throws IOException {
    if (options.plot().isPresent() && growth.size() > 1) {
      Files.writeString(options.plot().get(), GrowthPlot.svg(growth));
    }
    return new TaskReport(surroundings, options, results, growth, extremes, failures).markdown();
  }
}
