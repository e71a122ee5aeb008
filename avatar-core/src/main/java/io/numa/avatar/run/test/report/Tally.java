package io.numa.avatar.run.test.report;

import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cases of one report, as they are read. Not thread-safe.
 *
 * <p>Suites are compared by the sum of the hashes of their cases, because tools that join reports
 * may change the suites' names and order.
 */
final class Tally {
  private final Set<String> awaited;
  private final Room room;
  private final Texts texts;
  private final List<FailedTest> failures = new ArrayList<>();
  private final Set<String> passed = new HashSet<>();
  private final Map<Long, Integer> suites = new HashMap<>();
  private Counts counts = Counts.NONE;
  private Optional<Fault> fault = Optional.empty();
  private long suite;
  private boolean dated;

  /**
   * @param awaited names of the tests to report if they passed
   */
  Tally(Set<String> awaited, Room room) {
    this.awaited = awaited;
    this.room = room;
    this.texts = room.texts();
  }

  /**
   * Adds a test.
   *
   * @param time as the report spells it; may be empty
   */
  void add(String fullName, CaseResult result, String message, String time) {
    counts = counts.plus(result.counts());
    suite += hash(fullName + "\n" + result + "\n" + time);
    dated |= time.chars().anyMatch(c -> c >= '1' && c <= '9');
    if (result.failing()) {
      nameFailed(fullName, message);
    } else if (result == CaseResult.PASSED) {
      namePassed(fullName);
    }
  }

  /** Adds an error that is outside of all tests, such as that of a build. */
  void addProblem(String name, String message) {
    counts = counts.plus(new Counts(0, 0, 1, 0));
    suite += hash(name + "\nproblem");
    nameFailed(name, message);
  }

  /** Adds tests that the report counts, and may name elsewhere. */
  void count(Counts more) {
    counts = counts.plus(more);
  }

  /** Names a test that is counted already. */
  void nameFailed(String name, String message) {
    room.take(new FailedTest(texts.name(name), texts.message(message))).ifPresent(failures::add);
  }

  /** Names a test that passed and is counted already. */
  void namePassed(String fullName) {
    String name = awaited.isEmpty() ? "" : texts.name(fullName);
    if (awaited.contains(name)) {
      passed.add(name);
    }
  }

  /** Begins a suite, and returns the sum of the one around it, for {@link #endSuite}. */
  long beginSuite(String timestamp) {
    long around = suite;
    suite = 0;
    dated |= !timestamp.isEmpty();
    return around;
  }

  void endSuite(long around) {
    if (suite != 0) {
      suites.merge(suite, 1, Integer::sum);
    }
    suite = around;
  }

  /** Notes that something of the report is lost; the first fault counts. */
  void lose(Fault lost) {
    if (fault.isEmpty()) {
      fault = Optional.of(lost);
    }
  }

  /** FNV-1a with a last mixing step, because sums of plain hashes could agree by chance. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    return hash ^ (hash >>> 29);
  }

  Counts counts() {
    return counts;
  }

  List<FailedTest> failures() {
    return failures;
  }

  Set<String> passed() {
    return passed;
  }

  /**
   * What of the report is lost, in a sentence.
   *
   * @param file its path, or another name for it
   */
  Optional<String> loss(String file) {
    return fault.map(lost -> texts.sentence(lost.in(file)));
  }

  /** How often each whole suite with cases occurs. */
  Map<Long, Integer> suites() {
    return suites;
  }

  /** Whether the report has a time, so that another run's report would differ. */
  boolean dated() {
    return dated;
  }

  Optional<Fault> fault() {
    return fault;
  }
}
