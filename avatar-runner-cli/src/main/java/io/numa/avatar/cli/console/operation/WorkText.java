package io.numa.avatar.cli.console.operation;

import io.numa.avatar.time.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what an attempt has done: its change, its tests, what was delivered. */
final class WorkText {
  private static final int NAMES = 5;

  private final Lines lines;
  private final Sheet sheet;

  WorkText(Lines lines, Sheet sheet) {
    this.lines = lines;
    this.sheet = sheet;
  }

  void add(Fields work) {
    work.object("changes").ifPresent(this::addChanges);
    work.object("tests").ifPresent(this::addTests);
    work.object("review").ifPresent(this::addReview);
    lines.field("no effect", work.texts("ignored").toList(), NAMES);
    work.text("commit").ifPresent(commit -> lines.field("commit", commit));
    work.text("change_request_url").ifPresent(url -> lines.field("request", url));
    work.text("change_request_problem")
        .ifPresent(problem -> lines.field("request", problem, sheet.paint()::yellow));
  }

  private void addChanges(Fields changes) {
    var parts = new ArrayList<String>();
    parts.add(Count.of(changes.number("files"), "file", "files"));
    parts.add("+" + changes.number("insertions") + " -" + changes.number("deletions"));
    addCount(parts, changes.number("tests_changed"), "test file changed", "test files changed");
    addCount(parts, changes.number("tests_deleted"), "test file deleted", "test files deleted");
    if (changes.is("test_setup_changed")) {
      parts.add("the setup of tests changed");
    }
    lines.field("change", String.join(", ", parts));
  }

  private static void addCount(List<String> parts, long count, String one, String several) {
    if (count > 0) {
      parts.add(Count.of(count, one, several));
    }
  }

  private void addTests(Fields tests) {
    String verdict = tests.word("verdict");
    lines.field(
        "tests",
        verdict + in(tests) + ": " + tests.word("command"),
        text -> verdict.equals("passed") ? text : sheet.paint().red(text));
    lines.field("", counts(tests));
    tests.object("baseline").ifPresent(this::addComparison);
    lines.field("failed", failures(tests).toList(), NAMES);
  }

  private void addReview(Fields review) {
    String verdict = review.word("verdict");
    lines.field(
        "review",
        (verdict.equals("none") ? "no verdict" : verdict) + " by " + review.word("agent"),
        text -> verdict.equals("approved") ? text : sheet.paint().red(text));
    review.text("problem").ifPresent(problem -> lines.field("", problem));
    lines.field("findings", review.objects("findings").map(WorkText::finding).toList(), NAMES);
  }

  private static String finding(Fields finding) {
    String line = finding.number("line") > 0 ? ":" + finding.number("line") : "";
    return finding.word("severity")
        + finding.text("path").map(path -> ", " + path + line).orElse("")
        + ": "
        + finding.lines("text").findFirst().orElse("");
  }

  private static String in(Fields tests) {
    return " in " + Durations.text(tests.seconds("seconds"));
  }

  private static String counts(Fields tests) {
    var parts = new ArrayList<String>();
    parts.add(tests.number("run") == 0 ? "no reports" : tests.number("run") + " run");
    addCount(parts, tests.number("failed"), "failed", "failed");
    addCount(parts, tests.number("errors"), "with an error", "with errors");
    addCount(parts, tests.number("skipped"), "skipped", "skipped");
    return String.join(", ", parts);
  }

  private void addComparison(Fields baseline) {
    lines.field(
        "",
        Count.of(baseline.number("new_count"), "new failure", "new failures")
            + ", "
            + baseline.number("fixed_count")
            + " fixed, "
            + baseline.number("pre_existing_count")
            + " known before");
  }

  /** The failed tests, each with a word that says whether it failed before the change, too. */
  private static Stream<String> failures(Fields tests) {
    Optional<Fields> baseline = tests.object("baseline");
    Set<String> added = names(baseline, "new");
    Set<String> known = names(baseline, "pre_existing");
    return tests
        .objects("failures")
        .map(
            failure -> {
              String name = failure.word("name");
              String mark = added.contains(name) ? "new: " : known.contains(name) ? "known: " : "";
              return mark
                  + name
                  + failure.lines("message").findFirst().map(line -> ": " + line).orElse("");
            });
  }

  private static Set<String> names(Optional<Fields> baseline, String kind) {
    return baseline.stream().flatMap(it -> it.texts(kind)).collect(Collectors.toSet());
  }
}
