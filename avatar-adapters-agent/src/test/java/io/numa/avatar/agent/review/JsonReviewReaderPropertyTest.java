package io.numa.avatar.agent.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.port.agent.ReviewAnswer;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewFinding.Severity;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.agent.ReviewReport.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;

/** An answer is read with any text around it; a text without an answer has none. */
class JsonReviewReaderPropertyTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SOON = Duration.ofSeconds(10);

  @Property(tries = 200)
  void readsAnAnswerInAnySurroundings(
      @ForAll("verdicts") Verdict verdict,
      @ForAll("findings") List<ReviewFinding> findings,
      @ForAll("prose") String before,
      @ForAll("prose") String after)
      throws Exception {
    ObjectNode answer =
        JSON.createObjectNode().put("verdict", verdict == Verdict.APPROVED ? "approve" : "reject");
    for (ReviewFinding finding : findings) {
      ObjectNode each = answer.withArray("findings").addObject();
      each.put("severity", finding.severity().word()).put("text", finding.text());
      finding.path().ifPresent(path -> each.put("path", path));
      finding.line().ifPresent(line -> each.put("line", line));
    }

    ReviewAnswer read = new JsonReviewReader().read(before + "\n" + answer + "\n" + after);

    assertThat(read.verdict()).isEqualTo(verdict);
    assertThat(read.findings()).containsExactlyInAnyOrderElementsOf(findings);
  }

  /** Also of brackets without an end, on which a careless reader would take for ever. */
  @Property(tries = 100)
  void readsAnythingInABoundedTime(@ForAll("pieces") List<String> pieces) {
    String text = String.join("", pieces).repeat(30);

    ReviewAnswer read =
        Assertions.assertTimeoutPreemptively(SOON, () -> new JsonReviewReader().read(text));

    assertThat(read.findings()).hasSizeLessThanOrEqualTo(ReviewReport.MAX_FINDINGS);
    read.findings().forEach(finding -> assertThat(finding.text()).isNotBlank());
  }

  @Provide
  Arbitrary<Verdict> verdicts() {
    return Arbitraries.of(Verdict.APPROVED, Verdict.REJECTED);
  }

  @Provide
  Arbitrary<List<ReviewFinding>> findings() {
    var texts = Arbitraries.strings().ofMinLength(1).ofMaxLength(30).filter(it -> !it.isBlank());
    var paths = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20).optional();
    var lines = Arbitraries.integers().between(1, 10_000_000).optional();
    return Combinators.combine(Arbitraries.of(Severity.class), paths, lines, texts)
        .as(JsonReviewReaderPropertyTest::finding)
        .list()
        .ofMaxSize(10);
  }

  private static ReviewFinding finding(
      Severity severity, Optional<String> path, Optional<Integer> line, String text) {
    return new ReviewFinding(
        severity, path, line.map(OptionalInt::of).orElseGet(OptionalInt::empty), text);
  }

  /** Sentences with what looks a little like JSON. */
  @Provide
  Arbitrary<String> prose() {
    return Arbitraries.of("I think", "[1]", "{x}", "it's", "```json", "a[i] = {0};", "\n", "“")
        .list()
        .ofMaxSize(8)
        .map(words -> String.join(" ", words));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "{",
            "[",
            "}",
            "]",
            ",",
            ":",
            "\"",
            "'",
            "\\",
            "\n",
            "a",
            "1",
            " ",
            "/*",
            "//",
            "[[[[",
            "{\"a\":",
            "{\"verdict\":",
            "\"approve\"",
            "{\"text\":\"x\"}",
            "\"findings\":[",
            "\ud800")
        .list()
        .ofMaxSize(40);
  }
}
