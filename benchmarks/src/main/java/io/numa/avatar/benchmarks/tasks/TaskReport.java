package io.numa.avatar.benchmarks.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the measurements as tables in Markdown. All times are in milliseconds. */
final class TaskReport {
  private static final List<String> STAGES =
      List.of("fetch", "plan", "clone", "develop", "test", "commit", "push");

  private final Surroundings surroundings;
  private final Options options;
  private final List<TrialResult> results;
  private final List<TrialResult> growth;
  private final List<TrialResult> extremes;
  private final List<String> failures;

  TaskReport(
      Surroundings surroundings,
      Options options,
      List<TrialResult> results,
      List<TrialResult> growth,
      List<TrialResult> extremes,
      List<String> failures) {
    this.surroundings = surroundings;
    this.options = options;
    this.results = results;
    this.growth = growth;
    this.extremes = extremes;
    this.failures = failures;
  }

  /** The whole report. */
  String markdown() {
    List<String> parts = new ArrayList<>();
    parts.add(surroundings());
    if (!results.isEmpty()) {
      parts.addAll(List.of(repositories(), times(), Targets.table(results, options.heap())));
      parts.addAll(List.of(stages(), traffic()));
    }
    if (!growth.isEmpty()) {
      parts.add(growth("Warm tasks and the size of the repository", growth));
    }
    if (!extremes.isEmpty()) {
      parts.add(growth("Extremes", extremes));
    }
    failures.forEach(failure -> parts.add("- failed: " + failure + "\n"));
    return String.join("\n", parts);
  }

  private String surroundings() {
    Effort effort = options.effort();
    return String.format(
        Locale.ROOT,
        "JDK %s with `-Xmx%dm`, %s, %s, %d cores; %d cold tasks, %d warm rounds.\n",
        surroundings.java(),
        options.heap(),
        surroundings.git(),
        surroundings.server(),
        surroundings.cores(),
        effort.colds(),
        effort.rounds());
  }

  private static String table(List<String> head, Stream<List<String>> rows) {
    String rule =
        head.stream()
            .map(title -> title.isEmpty() ? "---" : "---:")
            .skip(1)
            .collect(Collectors.joining("|", "|---|", "|\n"));
    return row(head) + rule + rows.map(TaskReport::row).collect(Collectors.joining());
  }

  static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private String repositories() {
    return "## Repositories\n\n"
        + table(
            List.of("repository", "files", "commits"),
            results.stream()
                .map(
                    one ->
                        List.of(
                            one.name(),
                            String.valueOf(one.files()),
                            String.valueOf(one.commits()))));
  }

  private String times() {
    List<String> head =
        List.of(
            "repository",
            "",
            "cold",
            "first warm",
            "warm, branch moved",
            "warm, not moved",
            "ten tasks, two at a time");
    return "## Times\n\nMilliseconds: median (least–most).\n\n"
        + table(head, results.stream().flatMap(TaskReport::times));
  }

  private static Stream<List<String>> times(TrialResult result) {
    Stream<List<String>> sides =
        Stream.of(Side.values())
            .map(
                side ->
                    List.of(
                        result.name(),
                        side.words(),
                        result.times(Phase.COLD, side).toString(),
                        result.times(Phase.FIRST_WARM, side).toString(),
                        result.times(Phase.MOVED, side).toString(),
                        result.times(Phase.UNMOVED, side).toString(),
                        result.tens(side).toString()));
    String again = result.times(Phase.COLD_IN_WARM_JVM, Side.AVATAR).toString();
    List<String> warmJvm =
        List.of(result.name(), "avatar, new workspace in a warm JVM", again, "", "", "", "");
    return Stream.concat(sides, Stream.of(warmJvm));
  }

  private String stages() {
    List<String> head = new ArrayList<>(List.of("repository", "", ""));
    head.addAll(STAGES);
    head.add("all");
    return "## Where the time goes\n\nMedians, in milliseconds.\n\n"
        + table(head, results.stream().flatMap(TaskReport::stages));
  }

  private static Stream<List<String>> stages(TrialResult result) {
    return Stream.of(Phase.COLD, Phase.FIRST_WARM, Phase.MOVED, Phase.UNMOVED)
        .flatMap(
            phase ->
                Stream.of(Side.values())
                    .filter(side -> !result.times(phase, side).isEmpty())
                    .map(side -> stages(result, phase, side)));
  }

  private static List<String> stages(TrialResult result, Phase phase, Side side) {
    List<String> cells = new ArrayList<>();
    cells.add(result.name());
    cells.add(side.words());
    cells.add(phase.words());
    for (String stage : STAGES) {
      double millis = result.spread(phase, side, sample -> sample.stage(stage)).median();
      cells.add(millis == 0 ? "" : Spread.text(millis));
    }
    cells.add(Spread.text(result.times(phase, side).median()));
    return cells;
  }

  private String traffic() {
    List<String> head =
        List.of(
            "repository",
            "",
            "",
            "received",
            "sent",
            "requests",
            "connections",
            "ms with the server",
            "files written",
            "of together");
    return "## What is moved\n\nOne task each, through a relay that counts.\n\n"
        + table(head, results.stream().flatMap(TaskReport::traffic));
  }

  private static Stream<List<String>> traffic(TrialResult result) {
    return Stream.of(Phase.COLD, Phase.MOVED)
        .flatMap(
            phase ->
                result.counted(phase).entrySet().stream()
                    .map(
                        one ->
                            traffic(result.name(), one.getKey(), phase.words(), one.getValue())));
  }

  private static List<String> traffic(
      String name, Side side, String phase, TrialResult.Counted counted) {
    return List.of(
        name,
        side.words(),
        phase,
        bytes(counted.traffic().received()),
        bytes(counted.traffic().sent()),
        String.valueOf(counted.traffic().roundTrips()),
        String.valueOf(counted.traffic().connections()),
        Spread.text(counted.traffic().waited() / 1e6),
        String.valueOf(counted.written().files()),
        bytes(counted.written().bytes()));
  }

  private static String bytes(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static String growth(String title, List<TrialResult> of) {
    List<String> head =
        List.of(
            "repository",
            "files",
            "full clone, cold",
            "avatar, cold",
            "avatar, warm",
            Side.KEPT.words() + ", warm",
            "ratio",
            "peak heap",
            "most after a collection");
    return "## "
        + title
        + "\n\nMilliseconds: median (least–most).\n\n"
        + table(head, of.stream().map(TaskReport::growth));
  }

  private static List<String> growth(TrialResult result) {
    Spread avatar = result.times(Phase.MOVED, Side.AVATAR);
    Spread kept = result.times(Phase.MOVED, Side.KEPT);
    return List.of(
        result.name(),
        String.valueOf(result.files()),
        Spread.text(result.times(Phase.COLD, Side.FULL).median()),
        Spread.text(result.times(Phase.COLD, Side.AVATAR).median()),
        avatar.toString(),
        kept.toString(),
        String.format(Locale.ROOT, "%.2f", avatar.median() / kept.median()),
        bytes(result.heap().peak()),
        bytes(result.heap().afterCollection()));
  }
}
