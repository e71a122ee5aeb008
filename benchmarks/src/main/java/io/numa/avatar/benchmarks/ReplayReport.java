package io.numa.avatar.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the results of replays as tables in Markdown. */
final class ReplayReport {
  private final List<Part> parts = new ArrayList<>();

  /**
   * The results of one repository.
   *
   * @param commits how many of its commits have one parent and can be read
   * @param picked how many of them were picked; fewer were replayed if objects of a tree are
   *     missing
   * @param peakHeap the largest heap in use, garbage included, in bytes
   * @param peakAfterCollection the largest heap after a garbage collection, in bytes
   */
  record Part(
      String name,
      int commits,
      int picked,
      List<Replayed> replayed,
      long peakHeap,
      long peakAfterCollection) {
    Part {
      replayed = List.copyOf(replayed);
    }

    long count(Trait trait) {
      return replayed.stream().mapToLong(one -> one.change().traits().getOrDefault(trait, 0)).sum();
    }
  }

  void add(Part part) {
    parts.add(part);
  }

  long misses() {
    return all().filter(one -> !one.identical()).count();
  }

  private Stream<Replayed> all() {
    return parts.stream().flatMap(part -> part.replayed().stream());
  }

  /** All tables. */
  String markdown() {
    return String.join("\n", identity(), contents(), speed(), heap(), missed());
  }

  private String identity() {
    var text =
        new StringBuilder(
            """
            | repository | commits | picked | replayed | identical | identical by `git apply --index` |
            |---|---:|---:|---:|---:|---:|
            """);
    for (Part part : parts) {
      row(text, part.name(), part.commits(), part.picked(), part.replayed());
    }
    row(text, "all", sum(Part::commits), sum(Part::picked), all().toList());
    return text.toString();
  }

  private static void row(
      StringBuilder text, String name, long commits, long picked, List<Replayed> replayed) {
    long same = replayed.stream().filter(Replayed::identical).count();
    long byGit = replayed.stream().filter(Replayed::identicalByGit).count();
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %d | %d | %d |\n",
            name,
            commits,
            picked,
            replayed.size(),
            same,
            byGit));
  }

  private String contents() {
    var text = new StringBuilder("| of the files in the diffs |");
    parts.forEach(part -> text.append(' ').append(part.name()).append(" |"));
    text.append(" all |\n|---|").append("---:|".repeat(parts.size() + 1)).append('\n');
    for (Trait trait : Trait.values()) {
      text.append("| ").append(trait.words()).append(" |");
      parts.forEach(part -> text.append(' ').append(part.count(trait)).append(" |"));
      text.append(' ').append(sum(part -> part.count(trait))).append(" |\n");
    }
    return text.toString();
  }

  private String speed() {
    var text =
        new StringBuilder(
            """
            | repository | who | apply /s | median | p95 | apply and tree id /s | median | p95 |
            |---|---|---:|---:|---:|---:|---:|---:|
            """);
    for (Part part : parts) {
      speed(text, part.name(), part.replayed());
    }
    speed(text, "all", all().toList());
    return text.toString();
  }

  private static void speed(StringBuilder text, String name, List<Replayed> replayed) {
    speed(text, name + " | plan", replayed, Replayed::avatar);
    speed(text, name + " | `git apply --index`, `git write-tree`", replayed, Replayed::git);
  }

  private static void speed(
      StringBuilder text, String name, List<Replayed> replayed, Function<Replayed, Attempt> whose) {
    List<Attempt> done =
        replayed.stream().map(whose).filter(attempt -> !attempt.refused()).toList();
    text.append("| ").append(name).append(" | ");
    text.append(Timings.of(done, Attempt::applyNanos).cells()).append(" | ");
    text.append(Timings.of(done, Attempt::bothNanos).cells()).append(" |\n");
  }

  private String heap() {
    var text =
        new StringBuilder(
            """
            | repository | largest diff | peak heap | most after a collection |
            |---|---:|---:|---:|
            """);
    for (Part part : parts) {
      long diff = part.replayed().stream().mapToLong(Replayed::diffBytes).max().orElse(0);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s |\n",
              part.name(),
              megabytes(diff),
              megabytes(part.peakHeap()),
              megabytes(part.peakAfterCollection())));
    }
    return text.toString();
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private String missed() {
    return parts.stream()
        .flatMap(
            part ->
                part.replayed().stream()
                    .filter(one -> !one.identical())
                    .map(one -> "- " + part.name() + " " + one.miss() + "\n"))
        .collect(Collectors.joining());
  }

  private long sum(ToLongFunction<Part> count) {
    return parts.stream().mapToLong(count).sum();
  }
}
