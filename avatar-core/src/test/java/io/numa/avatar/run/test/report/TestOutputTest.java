package io.numa.avatar.run.test.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Output as the tools print it. */
class TestOutputTest {
  private static final String AUTOMAKE_FAILED = "bad.sh,hard.sh,mended.sh";

  static Stream<Arguments> outputs() {
    return Stream.of(
        arguments("1..3\nok 1 - a\nnot ok 2 - b\nok 3 # SKIP later\n", 3, 1, 0, 1, "b"),
        arguments("TAP version 14\nok 1\nok 2 - b\n1..2\n", 2, 0, 0, 0, ""),
        arguments("1..0 # SKIP nothing\n", 0, 0, 0, 0, ""),
        arguments("1..2\nok\nok 1 a\nnot ok 2 b # TODO some day\nok then\n", 2, 0, 0, 1, ""),
        arguments("1..1\nnot ok 1 - a \\# skip\n", 1, 1, 0, 0, "a \\# skip"),
        arguments(
            "1..1\n    ok 1 - in\n    not ok 2 - in\n    1..2\nnot ok 1 - a\n", 1, 1, 0, 0, "a"),
        arguments("1..1\nok 1\n1..2\nok 1\nnot ok 2 x\n", 3, 1, 0, 0, "x"),
        arguments("1..9\nok 1\nBail out! no database\n", 1, 0, 1, 0, "Bail out!"),
        arguments("\u001b[32m1..1\u001b[0m\r\n\u001b[31mnot ok 1 a\u001b[0m\r\n", 1, 1, 0, 0, "a"),
        arguments(Outputs.PROVE, 4, 3, 0, 0, "t/a.t > test 1,t/b.t > test 1,t/b.t > works"),
        arguments(Outputs.NODE, 4, 2, 0, 1, "counts,suite > y"),
        arguments(
            Outputs.GO,
            7,
            3,
            1,
            1,
            "example.com/basket.TestCounts,example.com/basket.TestSubs,"
                + "example.com/basket.TestSubs/b_c,example.com/basket/bad"),
        arguments(Outputs.GO_JSON, 4, 2, 1, 1, "pan.TestP,pan.TestNever,example.com/basket/bad"),
        arguments(Outputs.CTEST, 6, 3, 0, 2, "bad,missing,crash"),
        arguments(Outputs.CARGO, 4, 1, 0, 1, "tests::counts"),
        arguments(
            Outputs.UNITTEST,
            8,
            4,
            3,
            2,
            "test_breaks (test_basket.Basket.test_breaks),setUpClass (test_basket.Broken),"
                + "test_import (unittest.loader._FailedTest.test_import),"
                + "test_counts (test_basket.Basket.test_counts),"
                + "test_subs (test_basket.Basket.test_subs) (i=0),"
                + "test_subs (test_basket.Basket.test_subs) (i=2),"
                + "test_mended (test_basket.Basket.test_mended)"),
        arguments("-".repeat(70) + "\nRan 1 test in 0.1s\n\nOK\n", 1, 0, 0, 0, ""),
        arguments(
            Outputs.AUTOMAKE + Outputs.AUTOMAKE,
            12,
            4,
            2,
            4,
            AUTOMAKE_FAILED + "," + AUTOMAKE_FAILED));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void countsWhatTheToolCounts(
      String output, int run, int failed, int errors, int skipped, String names) {
    TestResults results = read(output);

    assertThat(results.counts()).isEqualTo(new Counts(run, failed, errors, skipped));
    assertThat(results.lost()).isEmpty();
    assertThat(results.failures())
        .extracting(FailedTest::name)
        .containsExactly(names.isEmpty() ? new String[0] : names.split(","));
  }

  /** Lines of output that only resemble results. */
  @ParameterizedTest
  @MethodSource("others")
  void countsNothingElse(String output) {
    assertThat(read(output)).isEqualTo(TestResults.NONE);
  }

  static Stream<String> others() {
    return Stream.of(
        "ok  \texample.com/basket\t0.1s\n--- FAIL: TestCounts (0.00s)\nFAIL\n",
        "ok 1 - a\nok 2 - b\n",
        "1..5\n",
        "not ok\n",
        "2 tests failed out of 5\n",
        "Ran 3 tests in 0.1s\n\nOK\n",
        "FAIL: a\n# FAIL: 1\n",
        "{\"Action\":\"fail\"}\n{\"a\": [}\n{\"\n");
  }

  @ParameterizedTest
  @MethodSource("cut")
  void losesWhatIsNotShown(String output, String lost) {
    assertThat(read(output).lost()).containsExactly("the command's output: " + lost);
  }

  static Stream<Arguments> cut() {
    return Stream.of(
        arguments("1..3\nok 1\nnot ok 2\n", "the plan has 3 tests, and 2 are shown"),
        arguments("1..1\nok 1\n# tests 2\n", "2 tests are told of, and 1 are shown"),
        arguments(
            "{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"T\"}\n", "package p did not end"),
        arguments("=== RUN   T\n--- PASS: T (0.00s)\n", "the last package did not end"),
        arguments(
            "50% tests passed, 1 tests failed out of 2\n",
            "1 tests failed, and 0 of them are shown"));
  }

  @Test
  void keepsWhatTheOutputSaysAboutFailures() {
    assertThat(read(Outputs.NODE).failures().get(0).message()).isEqualTo("one is not two");
    assertThat(read(Outputs.GO).failures().get(0).message())
        .isEqualTo("b_test.go:4: one is not two");
    assertThat(read(Outputs.GO_JSON).failures().get(0).message()).isEqualTo("panic: <boom>");
    assertThat(read(Outputs.UNITTEST).failures())
        .extracting(FailedTest::message)
        .containsExactly(
            "KeyError: 'apple'",
            "OSError: no disk",
            "ModuleNotFoundError: No module named 'nothing_there'",
            "AssertionError: 1 != 2 : one is not two",
            "AssertionError: 0 != 1",
            "AssertionError: 2 != 1",
            "unexpected success");
    assertThat(read("1..1\nnot ok 1 a\n# (in file a.bats, line 3)\n").failures().get(0).message())
        .isEqualTo("(in file a.bats, line 3)");
  }

  @Test
  void namesAwaitedTestsThatPassed() {
    var output = new TestOutput(Set.of("a", "b"), Redactor.of(List.of()));
    output.accept("1..2\nok 1 - a\nnot ok 2 - b");

    assertThat(output.end().passed()).containsExactly("a");
    assertThat(
            passed(
                Outputs.UNITTEST,
                "test_adds (test_basket.Basket.test_adds)",
                "test_known (test_basket.Basket.test_known)"))
        .containsExactly("test_adds (test_basket.Basket.test_adds)");
    assertThat(passed(Outputs.AUTOMAKE, "good.sh", "skip.sh")).containsExactly("good.sh");
  }

  private static Set<String> passed(String text, String... awaited) {
    var output = new TestOutput(Set.of(awaited), Redactor.of(List.of()));
    output.accept(text);
    return output.end().passed();
  }

  @Test
  void keepsTheLastLinesThatAreNotBlank() {
    var output = new TestOutput(Set.of(), Redactor.of(List.of()));
    for (int i = 1; i <= 12; i++) {
      output.accept("line ");
      output.accept(i + "\n\n");
    }
    output.accept("10 %\r100 %");
    output.end();

    assertThat(output.lastLines()).hasSize(10).startsWith("line 4").endsWith("100 %");
  }

  /** KiroCrew#5582: colours that are left out put a secret together, at the place of the cut. */
  @Test
  void showsNoPieceOfASecretInTheLastLines() {
    var output = new TestOutput(Set.of(), Redactor.of(List.of(new Secret("s3cr3t-".repeat(9)))));
    output.accept("x".repeat(290) + "s3cr3t-\u001b[31m" + "s3cr3t-".repeat(8) + "y\n");
    output.end();

    assertThat(output.lastLines()).containsExactly("x".repeat(290) + "***y");
  }

  private static TestResults read(String text) {
    var output = new TestOutput(Set.of(), Redactor.of(List.of()));
    output.accept(text);
    return output.end();
  }
}
