package io.numa.avatar.run.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.run.test.report.TestResults;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  @Test
  void tellsNewFailuresFromOldOnesAndFromWhatIsFixed() {
    var base = new BaselineFailures(1, List.of("old", "mended", "gone"), 3);

    assertThat(Comparison.of(base, run(1, Set.of("mended", "other"), "new", "old")))
        .isEqualTo(
            new Comparison(
                List.of(failed("new")),
                List.of(failed("old")),
                List.of("mended"),
                Optional.empty()));
  }

  @Test
  void takesAsManyFailuresOfANameForOldAsThereWere() {
    var base = new BaselineFailures(1, List.of("twice", "twice", "once"), 3);

    Comparison comparison =
        Comparison.of(base, run(1, Set.of("twice", "once"), "twice", "once", "once"));

    assertThat(comparison)
        .isEqualTo(
            new Comparison(
                List.of(failed("once")),
                List.of(failed("twice"), failed("once")),
                List.of(),
                Optional.empty()));
  }

  @Test
  void putsNewFailuresFirst() {
    var base = new BaselineFailures(1, List.of("a", "c"), 2);

    assertThat(Comparison.of(base, run(1, Set.of(), "a", "b", "c", "d")).newFirst())
        .extracting(FailedTest::name)
        .containsExactly("b", "d", "a", "c");
  }

  @ParameterizedTest
  @CsvSource({
    "true,  '',  1, '',  PRE_EXISTING",
    "true,  old, 1, '',  NEW",
    "false, '',  1, '',  NEW",
    "false, old, 1, old, NEW",
    "false, '',  1, new,",
    "true,  old, 1, old,",
    "true,  '',  1, new,",
    "true,  '',  0, '',",
    "true,  old, 0, old,",
  })
  void looksForWhatExplainsThatTheCommandFailed(
      boolean baseFailed, String baseName, int exitCode, String name, Unnamed unnamed) {
    var base = new BaselineFailures(baseFailed ? 1 : 0, names(baseName), 1);

    Comparison comparison =
        Comparison.of(base, run(exitCode, Set.of(), names(name).toArray(new String[0])));

    assertThat(comparison.unnamed()).isEqualTo(Optional.ofNullable(unnamed));
  }

  private static List<String> names(String name) {
    return name.isEmpty() ? List.of() : List.of(name);
  }

  private static FailedTest failed(String name) {
    return new FailedTest(name, "message");
  }

  private static Tests.Result run(int exitCode, Set<String> passed, String... failing) {
    List<FailedTest> failures = Arrays.stream(failing).map(ComparisonTest::failed).toList();
    var counts = new Counts(failing.length, failing.length, 0, 0);
    return new Tests.Result(
        exitCode, new TestResults(counts, failures, passed, List.of()), Duration.ZERO, List.of());
  }
}
