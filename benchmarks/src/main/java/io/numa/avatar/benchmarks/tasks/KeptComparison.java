package io.numa.avatar.benchmarks.tasks;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures warm tasks of the avatar and of one kept checkout in turns, and of a second kept
 * checkout: the ratio of the two equal scripts shows how large the noise is.
 */
public final class KeptComparison {
  private static final int HEAP = 256;

  /** In a young JVM, code runs that is not compiled yet. */
  private static final int UNTIMED_ROUNDS = 10;

  private final ServedRepository repository;
  private final String url;
  private final Party avatar;
  private final Party kept;
  private final Party again;

  private record Party(String name, Contender contender, List<Sample> samples) {
    Party(String name, Contender contender) {
      this(name, contender, new ArrayList<>());
    }

    List<Long> nanos() {
      return samples.stream().map(Sample::nanos).toList();
    }
  }

  private KeptComparison(GitHost host, ServedRepository repository, Path work, Path script)
      throws IOException {
    this.repository = repository;
    this.url = GitHost.url(host.port(), repository.name());
    Path folder = work.resolve(repository.name());
    this.avatar = new Party("avatar", AvatarProcess.start(folder.resolve("avatar"), HEAP));
    this.kept = new Party("kept", new NativeScript(script, folder.resolve("kept")));
    this.again = new Party("again", new NativeScript(script, folder.resolve("again")));
  }

  /**
   * Takes an existing folder to work in, the folder of the scripts, the number of rounds, and bare
   * repositories as NAME=REPOSITORY.git.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path work = Path.of(arguments[0]);
    Path script = Path.of(arguments[1]).resolve(Side.KEPT.script());
    int rounds = Integer.parseInt(arguments[2]);
    try (GitHost host = GitHost.start(work)) {
      for (String source : List.of(arguments).subList(3, arguments.length)) {
        String[] words = source.split("=", 2);
        var repository = ServedRepository.copy(words[0], Path.of(words[1]), host.root());
        var comparison = new KeptComparison(host, repository, work, script);
        comparison.run(rounds);
        System.out.print(comparison.report());
      }
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    List<Party> order = new ArrayList<>(List.of(avatar, kept, again));
    for (int round = 0; round < UNTIMED_ROUNDS + rounds; round++) {
      repository.move();
      for (Party party : order) {
        Assignment task = repository.next(url, party.name());
        Sample sample = party.contender().carryOut(task);
        repository.settle(task);
        if (round >= UNTIMED_ROUNDS) {
          party.samples().add(sample);
        }
      }
      Collections.rotate(order, 1);
    }
    for (Party party : order) {
      party.contender().close();
    }
  }

  private String report() {
    var report = new StringBuilder();
    line(report, "%n%s, %d files: warm tasks, ms", repository.name(), repository.files());
    line(report, "| | median (least–most) | : (c) | pairs (quartiles) | stages |");
    line(report, "|---|---:|---:|---:|---|");
    for (Party party : List.of(avatar, kept, again)) {
      double ratio = spread(party).median() / spread(kept).median();
      line(
          report,
          "| %s | %s | %.2f | %s | %s |",
          party.name(),
          spread(party),
          ratio,
          Spread.pairs(party.nanos(), kept.nanos()),
          stages(party));
    }
    return report.toString();
  }

  private static Spread spread(Party party) {
    return Spread.ofNanos(party.nanos());
  }

  /** The median of each stage. */
  private static String stages(Party party) {
    Map<String, List<Long>> times = new LinkedHashMap<>();
    for (Sample sample : party.samples()) {
      sample
          .stages()
          .forEach(
              (stage, nanos) ->
                  times.computeIfAbsent(stage, first -> new ArrayList<>()).add(nanos));
    }
    return times.entrySet().stream()
        .map(stage -> stage.getKey() + " " + Spread.text(Spread.ofNanos(stage.getValue()).median()))
        .collect(joining(", "));
  }

  private static void line(StringBuilder report, String format, Object... values) {
    report.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
