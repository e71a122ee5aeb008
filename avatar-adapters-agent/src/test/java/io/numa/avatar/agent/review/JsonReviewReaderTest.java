package io.numa.avatar.agent.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.agent.ReviewAnswer;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewFinding.Severity;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.agent.ReviewReport.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReviewReaderTest {
  private static final ReviewFinding LEAK =
      finding(Severity.BLOCKER, "src/a.c", OptionalInt.of(12), "it leaks");

  private static ReviewFinding finding(
      Severity severity, String path, OptionalInt line, String text) {
    return new ReviewFinding(severity, Optional.of(path), line, text);
  }

  private static ReviewAnswer read(String text) {
    return new JsonReviewReader().read(text);
  }

  /** Each of them rejects for the same reason. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // as asked for
        """
        {"verdict": "reject", "findings": [{"severity": "blocker", "path": "src/a.c", "line": 12,
         "text": "it leaks"}]}""",
        // in a fence, between sentences
        """
        I looked at it [carefully] {and twice}.
        ```json
        {"verdict": "reject", "findings": [
          {"severity": "blocker", "path": "src/a.c", "line": 12, "text": "it leaks"},
        ],}
        ```
        That's all.""",
        // as a person would write it
        """
        {verdict: 'Rejected', findings: [{severity: 'BLOCKER', file: 'src/a.c:12',
         message: 'it leaks'}], /* done */}""",
        // a finding alone, in place of a list
        """
        {"verdict": "fail", "findings": {"severity": "critical", "path": "src/a.c",
         "line": "L12-15", "description": "it leaks"}}""",
        // inside of something else
        """
        {"review": {"Verdict": "request changes", "Findings": [{"severity": "blocking",
         "filename": "src/a.c", "lines": [12, 15], "text": "it leaks"}]}}""",
        // the findings first, then the verdict
        """
        [{"severity": "blocker", "path": "src/a.c", "line": 12, "text": "it leaks"}]
        {"verdict": "rejected."}""",
        // a draft, then another opinion
        """
        {"verdict": "approve", "findings": [{"severity": "note", "text": "none"}]}
        On second thoughts:
        {"verdict": "reject", "findings": [{"severity": "blocker", "path": "src/a.c", "line": 12,
         "text": "it leaks"}]}"""
      })
  void readsSloppyAnswers(String answer) {
    assertThat(read(answer)).isEqualTo(new ReviewAnswer(Verdict.REJECTED, List.of(LEAK), 0));
  }

  /** Nothing of it may pass for a good result. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Looks good to me!",
        "approve",
        "{}",
        "[]",
        "{\"verdict\": true}",
        "{\"verdict\": null, \"findings\": []}",
        "{\"verdict\": \"approve or reject\"}",
        "{\"verdict\": \"not approved\"}",
        "{\"verdict\": [\"approve\"]}",
        "{\"verdict\": \"approve\", \"findings\": [",
        "{\"verdict\": \"approve\" \"findings\": []}",
        "\"verdict\": \"approve\""
      })
  void findsNoVerdictWhereThereIsNone(String answer) {
    assertThat(read(answer).verdict()).isEqualTo(Verdict.NONE);
  }

  @Test
  void keepsTheWholeFindingsOfAnAnswerThatBreaksOff() {
    ReviewAnswer answer =
        read(
            """
            {"verdict": "reject", "findings": [
              {"severity": "blocker", "path": "src/a.c", "line": 12, "text": "it leaks"},
              {"severity": "minor", "text": "it is""");

    assertThat(answer).isEqualTo(new ReviewAnswer(Verdict.NONE, List.of(LEAK), 0));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "12, 12",
        "'\"12\"', 12",
        "'\"12-15\"', 12",
        "'{\"start\": 7, \"end\": 9}', 7",
        "0, -",
        "-3, -",
        "1e400, -",
        "99999999999999999999, -",
        "12345678, -",
        "'\"twelve\"', -",
        "null, -",
        "[], -"
      })
  void readsLinesThatAFileCanHave(String line, Integer read) {
    ReviewAnswer answer =
        read(
            "{\"verdict\": \"reject\", \"findings\": [{\"text\": \"x\", \"line\": " + line + "}]}");

    OptionalInt wanted = read == null ? OptionalInt.empty() : OptionalInt.of(read);
    assertThat(answer.findings()).extracting(ReviewFinding::line).containsExactly(wanted);
  }

  @Test
  void takesFindingsWithMissingMembers() {
    ReviewAnswer answer =
        read(
            """
            {"verdict": "approve", "findings": [
              {"text": "no severity"}, {"severity": "dreadful", "text": "unknown"},
              {"severity": "blocker"}, {"path": "a"}, "a sentence", 7, null, []]}""");

    assertThat(answer.findings())
        .extracting(finding -> finding.severity().word() + " " + finding.text())
        .containsExactly(
            "blocker (without a text)", "major unknown", "minor no severity", "minor a sentence");
  }

  @Test
  void keepsTheWorstOfVeryManyFindings() {
    String many =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    "{\"severity\": \"%s\", \"text\": \"%d\"}"
                        .formatted(i == 199 ? "blocker" : "note", i))
            .collect(Collectors.joining(", "));

    ReviewAnswer answer = read("{\"verdict\": \"reject\", \"findings\": [" + many + "]}");

    assertThat(answer.findings()).hasSize(ReviewReport.MAX_FINDINGS);
    assertThat(answer.findings().get(0).severity()).isEqualTo(Severity.BLOCKER);
    assertThat(answer.omitted()).isEqualTo(150);
  }
}
