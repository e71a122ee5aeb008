package io.numa.avatar.run;

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
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the JUnit-style XML reports say that a test run has left in a workspace.
 *
 * @param failures at most {@link TestReport#MAX_FAILURES}, in the order of the files' paths
 * @param unreadable how many reports were left out because they are damaged
 */
record JUnitReports(Counts counts, List<FailedTest> failures, int unreadable) {
  private static final Logger log = LoggerFactory.getLogger(JUnitReports.class);

  static final JUnitReports NONE = new JUnitReports(Counts.NONE, List.of(), 0);

  JUnitReports {
    failures = List.copyOf(failures);
  }

  /**
   * Reads the reports under {@code root} that were written at {@code since} or later. Nothing in
   * the workspace can make this fail: what is damaged, too large or too deep is left out.
   */
  static JUnitReports writtenSince(Instant since, Path root) {
    JUnitReports sum = NONE;
    for (Path file : ReportFiles.writtenSince(since, root)) {
      sum = sum.plus(read(file));
    }
    return sum;
  }

  private static JUnitReports read(Path file) {
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      return JUnitXml.read(in);
    } catch (IOException | XMLStreamException e) {
      log.debug("Left out the test report {}", file, e);
      return new JUnitReports(Counts.NONE, List.of(), 1);
    }
  }

  private JUnitReports plus(JUnitReports other) {
    var all = new ArrayList<>(failures);
    all.addAll(other.failures);
    return new JUnitReports(
        counts.plus(other.counts),
        all.subList(0, Math.min(all.size(), TestReport.MAX_FAILURES)),
        unreadable + other.unreadable);
  }
}
