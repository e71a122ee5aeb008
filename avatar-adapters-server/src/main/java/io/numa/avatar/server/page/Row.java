package io.numa.avatar.server.page;

import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskResult;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestVerdict;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A task in a list. */
record Row(
    String outcome,
    String outcomeText,
    String href,
    String title,
    String id,
    Optional<String> branch,
    Optional<String> failure,
    Optional<String> tests,
    Optional<String> cost,
    Optional<String> took,
    Optional<Moment> ended) {

  static Row of(TaskLine line, Words words) {
    return new Row(
        line.outcome().word(),
        words.outcome(line.outcome()),
        address(line.task()),
        line.title().orElseGet(() -> words.of("untitled", line.task())),
        line.task().value(),
        line.branch(),
        line.result().flatMap(TaskResult::failure).map(FailureKind::word),
        line.result().flatMap(result -> tests(result, words)),
        line.result().flatMap(TaskResult::cost).map(Words::cost),
        took(line).map(words::duration),
        words.moment(line.endedAt()));
  }

  /** The address of a task's page. */
  static String address(TaskId task) {
    return "/tasks/" + encoded(task.value());
  }

  /** Text as a part of an address. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Optional<Duration> took(TaskLine line) {
    return line.startedAt()
        .flatMap(start -> line.endedAt().map(end -> Duration.between(start, end)));
  }

  private static Optional<String> tests(TaskResult result, Words words) {
    Counts counts = result.tests().orElse(Counts.NONE);
    return result.verdict().map(verdict -> tests(verdict, counts, words));
  }

  private static String tests(TestVerdict verdict, Counts counts, Words words) {
    if (verdict == TestVerdict.UNKNOWN) {
      return words.of("tests_unknown");
    }
    if (counts.failing() > 0) {
      return words.of("tests_failed", counts.failing(), counts.run());
    }
    if (verdict == TestVerdict.FAILED) {
      return words.of("tests_bad");
    }
    return counts.run() == 0
        ? words.of("tests_good")
        : words.of("tests_passed", counts.run() - counts.skipped());
  }
}
