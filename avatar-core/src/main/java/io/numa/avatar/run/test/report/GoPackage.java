package io.numa.avatar.run.test.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tests of one Go package, until its result is known. Not thread-safe. */
final class GoPackage {
  private static final int MAX_TESTS = 100_000;

  /** The output of the tests that have begun and not ended. */
  private final Map<String, StringBuilder> running = new LinkedHashMap<>();

  private final List<Ended> ended = new ArrayList<>();
  private final StringBuilder output = new StringBuilder();

  private record Ended(String test, CaseResult result, String message) {}

  void begin(String test) {
    if (running.size() < MAX_TESTS) {
      running.put(test, new StringBuilder());
    }
  }

  /** Adds output of a running test, or of the package if there is no such test. */
  void print(String test, String text) {
    StringBuilder target = running.getOrDefault(test, output);
    boolean frame = text.startsWith("=== ") || text.stripLeading().startsWith("--- ");
    if (!frame && target.length() < Texts.MAX_READ_CHARS) {
      target.append(text);
    }
  }

  void end(String test, CaseResult result) {
    StringBuilder message = running.remove(test);
    if (ended.size() < MAX_TESTS) {
      ended.add(new Ended(test, result, message == null ? "" : message.toString().strip()));
    }
  }

  /** Whether a test has begun or ended. */
  boolean hasTests() {
    return !running.isEmpty() || !ended.isEmpty();
  }

  /**
   * Adds all tests. Those that have not ended have failed, if the package has. A package that
   * failed without a failed test has an error of its own, such as that of its build.
   */
  void addTo(Tally tally, String name, boolean failed) {
    long around = tally.beginSuite("");
    ended.forEach(test -> tally.add(full(name, test.test()), test.result(), test.message(), ""));
    running.forEach(
        (test, text) ->
            tally.add(
                full(name, test),
                failed ? CaseResult.FAILED : CaseResult.PASSED,
                "it did not end\n" + text,
                ""));
    boolean named = !running.isEmpty() || ended.stream().anyMatch(test -> test.result().failing());
    if (failed && !named) {
      tally.addProblem(name, output.toString().strip());
    }
    if (ended.size() == MAX_TESTS) {
      tally.lose(new Fault(0, "package " + name + " has more than " + MAX_TESTS + " tests"));
    }
    tally.endSuite(around);
  }

  private static String full(String name, String test) {
    return name + "." + test;
  }
}
