package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures whole tasks beside native Git, on one repository after the other. */
public final class GitBenchmark {
  private final Options options;
  private final PrintStream progress;
  private final List<TrialResult> results = new ArrayList<>();
  private final List<TrialResult> growth = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * @param progress for what happens on the way
   */
  GitBenchmark(Options options, PrintStream progress) {
    this.options = options;
    this.progress = progress;
  }

  /** Takes what the README of this module says. */
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

  /** Measures everything, and gives the report. */
  String run() throws IOException, InterruptedException {
    Path work = options.work();
    try (GitHost host = options.testkit() ? TestkitHost.start(work) : GitHost.start(work)) {
      var bench = new Bench(host, options.scripts(), work, options.heap());
      var surroundings = Surroundings.now(host);
      for (Map.Entry<String, Path> one : options.repositories().entrySet()) {
        attempt(one.getKey(), () -> real(bench, one.getKey(), one.getValue()));
      }
      for (int files : options.sizes()) {
        attempt("generated-" + files, () -> generated(bench, files));
      }
      return report(surroundings);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** One repository on which nothing goes must not keep the others from being measured. */
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

  private void generated(Bench bench, int files) throws IOException, InterruptedException {
    String name = "generated-" + files;
    progress.println(name + ": generating");
    var repository = ServedRepository.generate(name, files, bench.host().root());
    growth.add(new Trial(bench, repository, progress::println).runGrowth(options.effort()));
  }

  private String report(Surroundings surroundings) throws IOException {
    if (options.plot().isPresent() && growth.size() > 1) {
      Files.writeString(options.plot().get(), GrowthPlot.svg(growth));
    }
    return new TaskReport(surroundings, options, results, growth, failures).markdown();
  }
}
