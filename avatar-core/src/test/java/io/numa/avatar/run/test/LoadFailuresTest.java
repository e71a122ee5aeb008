package io.numa.avatar.run.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.TestReport.FailedTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadFailuresTest {
  private static final List<String> FILES = List.of("tests/test_cart.py", "web/cart.test.js");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tests.test_cart | collection failure",
        "test_cart | ImportError: cannot import name 'total'",
        "unittest.loader._FailedTest.test_cart | no",
        "/work/tree/web/cart.test.js | test failed",
        "web/cart.test.js | no",
        "shop/cart | FAIL shop/cart [build failed]",
        "cart | Test suite failed to run",
      })
  void knowsFilesThatCouldNotBeLoaded(String name, String message) {
    assertThat(LoadFailures.is(new FailedTest(name, message), FILES, false)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tests.test_cart.test_cart | assert 3 == 4",
        "tests.test_cart.CartTest.counts | AssertionError",
        "cart counts | expected 3",
        "shop.CartTest.counts | expected: <2> but was: <1>",
        "tests.test_other | assert 1 == 2",
      })
  void takesOtherFailuresForThoseOfTests(String name, String message) {
    assertThat(LoadFailures.is(new FailedTest(name, message), FILES, false)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"web/cart.test.js | no | false", "cart | Test suite failed to run | true"})
  void takesAFileForATestWhereNoTestIsMissing(String name, String message, boolean load) {
    assertThat(LoadFailures.is(new FailedTest(name, message), FILES, true)).isEqualTo(load);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[ERROR] COMPILATION ERROR :",
        "src/cart.ts(3,5): error TS2339: Property 'total' does not exist",
        "error: could not compile `shop` (test \"cart\") due to 1 previous error",
        "Error: Cannot find module './total'",
      })
  void readsTheLastLinesOfTools(String line) {
    assertThat(LoadFailures.areSaidIn(List.of("before", line, "after"))).isTrue();
  }

  @Test
  void readsNothingIntoOtherLines() {
    assertThat(LoadFailures.areSaidIn(List.of("2 passed, 1 failed", "expected 3, got 4")))
        .isFalse();
  }
}
