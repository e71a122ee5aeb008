package io.numa.avatar.run.test.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
  private static final String NODE =
      """
      TAP version 13
      # Subtest: counts
      not ok 1 - counts
        ---
        location: 'a.test.js:3:1'
        error: 'one is not two'
        ...
      # Subtest: suite
          # Subtest: x
          ok 1 - x
          # Subtest: y
          not ok 2 - y
            ---
            error: 'no'
            ...
          # Subtest: z
          ok 3 - z # SKIP
          1..3
      not ok 2 - suite
        ---
        type: 'suite'
        error: '1 subtest failed'
        ...
      1..2
      # tests 4
      # suites 1
      # pass 1
      # fail 2
      # cancelled 0
      # skipped 1
      # todo 0
      """;

  private static final String GO =
      """
      === RUN   TestAdds
          b_test.go:3: hi
      --- PASS: TestAdds (0.00s)
      === RUN   TestCounts
          b_test.go:4: one is not two
      --- FAIL: TestCounts (0.00s)
      === RUN   TestSkips
          b_test.go:5: later
      --- SKIP: TestSkips (0.00s)
      === RUN   TestSubs
      === RUN   TestSubs/a
      === RUN   TestSubs/b_c
          b_test.go:6: no
      --- FAIL: TestSubs (0.00s)
          --- PASS: TestSubs/a (0.00s)
          --- FAIL: TestSubs/b_c (0.00s)
      FAIL
      FAIL\texample.com/basket\t0.110s
      FAIL\texample.com/basket/bad [build failed]
      ?   \texample.com/basket/none\t[no test files]
      === RUN   TestP
      --- PASS: TestP (0.00s)
      PASS
      ok  \texample.com/good\t(cached)
      FAIL
      """;

  private static final String GO_JSON =
      """
      # example.com/basket/bad [example.com/basket/bad.test]
      bad/x.go:2:19: too many return values
      {"Time":"t","Action":"run","Package":"pan","Test":"TestOk"}
      {"Time":"t","Action":"output","Package":"pan","Test":"TestOk","Output":"=== RUN   TestOk\\n"}
      {"Time":"t","Action":"pass","Package":"pan","Test":"TestOk","Elapsed":0}
      {"Time":"t","Action":"run","Package":"pan","Test":"TestP"}
      {"Time":"t","Action":"output","Package":"pan","Test":"TestP","Output":"panic: \\u003cboom\\u003e\\n"}
      {"Time":"t","Action":"fail","Package":"pan","Test":"TestP","Elapsed":0}
      {"Time":"t","Action":"run","Package":"pan","Test":"TestNever"}
      {"Time":"t","Action":"fail","Package":"pan","Elapsed":0.042}
      {"Time":"t","Action":"run","Package":"basket","Test":"TestSkips"}
      {"Time":"t","Action":"skip","Package":"basket","Test":"TestSkips","Elapsed":0}
      {"Time":"t","Action":"pass","Package":"basket","Elapsed":0.068}
      FAIL\texample.com/basket/bad [build failed]
      {"Time":"t","Action":"skip","Package":"example.com/basket/none","Elapsed":0}
      """;

  private static final String CTEST =
      """
      Test project /x/b
          Start 1: good
      1/6 Test #1: good .............................   Passed    0.06 sec
      2/6 Test #2: bad ..............................***Failed    0.11 sec
      3/6 Test #3: skip .............................***Skipped   0.11 sec
      4/6 Test #4: missing ..........................***Not Run   0.00 sec
      5/6 Test #5: dis ..............................***Not Run (Disabled)   0.00 sec
      6/6 Test #6: crash ............................***Exception: SegFault  0.05 sec

      40% tests passed, 3 tests failed out of 5
      """;

  private static final String CARGO =
      """
      running 3 tests
      test tests::adds ... ok
      test tests::later ... ignored, not yet
      test tests::counts ... FAILED

      test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

         Doc-tests basket
      test src/lib.rs - add (line 3) ... ok

      test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.2s
      """;

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
        arguments(NODE, 4, 2, 0, 1, "counts,suite > y"),
        arguments(
            GO,
            7,
            3,
            1,
            1,
            "example.com/basket.TestCounts,example.com/basket.TestSubs,"
                + "example.com/basket.TestSubs/b_c,example.com/basket/bad"),
        arguments(GO_JSON, 4, 2, 1, 1, "pan.TestP,pan.TestNever,example.com/basket/bad"),
        arguments(CTEST, 6, 3, 0, 2, "bad,missing,crash"),
        arguments(CARGO, 4, 1, 0, 1, "tests::counts"));
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
    assertThat(read(NODE).failures().get(0).message()).isEqualTo("one is not two");
    assertThat(read(GO).failures().get(0).message()).isEqualTo("b_test.go:4: one is not two");
    assertThat(read(GO_JSON).failures().get(0).message()).isEqualTo("panic: <boom>");
    assertThat(read("1..1\nnot ok 1 a\n# (in file a.bats, line 3)\n").failures().get(0).message())
        .isEqualTo("(in file a.bats, line 3)");
  }

  @Test
  void namesAwaitedTestsThatPassed() {
    var output = new TestOutput(Set.of("a", "b"), Redactor.of(List.of()));
    output.accept("1..2\nok 1 - a\nnot ok 2 - b");

    assertThat(output.end().passed()).containsExactly("a");
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

  private static TestResults read(String text) {
    var output = new TestOutput(Set.of(), Redactor.of(List.of()));
    output.accept(text);
    return output.end();
  }
}
