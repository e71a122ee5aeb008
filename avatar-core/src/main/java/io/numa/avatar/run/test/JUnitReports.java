package io.numa.avatar.run.test;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of the JUnit-style XML reports that a test run left in a workspace.
 *
 * @param failures at most {@value #MAX_NAMES}, in the order of the files' paths; after the first
 *     {@link TestReport#MAX_FAILURES}, messages are cut short
 * @param passed those of the awaited tests that passed
 * @param unreadable how many reports were left out because they are damaged
 */
public record JUnitReports(
    Counts counts, List<FailedTest> failures, Set<String> passed, int unreadable) {
  private static final Logger log = LoggerFactory.getLogger(JUnitReports.class);

  static final int MAX_NAMES = 10_000;

  static final JUnitReports NONE = new JUnitReports(Counts.NONE, List.of(), Set.of(), 0);

  public JUnitReports {
    failures = List.copyOf(failures);
    passed = Set.copyOf(passed);
  }

  /**
   * Reads the reports under {@code root} that were written at {@code since} or later. Nothing in
   * the workspace can make this method fail: it leaves out files that are damaged, too large or too
   * deep.
   *
   * @param lister lists some of the folders without reading them
   * @param awaited names of the tests to report if they passed
   */
  static JUnitReports writtenSince(
      Instant since, Path root, ReportFiles.Lister lister, Set<String> awaited) {
    var sum = new Sum();
    for (Path file : ReportFiles.writtenSince(since, root, lister)) {
      sum.add(read(file, awaited));
    }
    return sum.total();
  }

  /** Whether every failed test is among the failures. */
  public boolean namesAll() {
    return counts.failed() + counts.errors() == failures.size();
  }

  private static JUnitReports read(Path file, Set<String> awaited) {
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      return JUnitXml.read(in, awaited);
    } catch (IOException | XMLStreamException e) {
      log.debug("Left out the test report {}", file, e);
      return new JUnitReports(Counts.NONE, List.of(), Set.of(), 1);
    }
  }

  /** The sum of several reports. */
  private static final class Sum {
    private final List<FailedTest> failures = new ArrayList<>();
    private final Set<String> passed = new HashSet<>();
    private Counts counts = Counts.NONE;
    private int unreadable;

    void add(JUnitReports report) {
      counts = counts.plus(report.counts());
      report.failures().stream().limit(MAX_NAMES - failures.size()).forEach(this::add);
      passed.addAll(report.passed());
      unreadable += report.unreadable();
    }

    private void add(FailedTest test) {
      failures.add(failures.size() < TestReport.MAX_FAILURES ? test : JUnitXml.brief(test));
    }

    JUnitReports total() {
      return new JUnitReports(counts, failures, passed, unreadable);
    }
  }
}
