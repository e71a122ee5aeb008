package io.numa.avatar.run.test.report;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.test.report.ReportFiles.Found;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports that one test run leaves in a workspace. Not thread-safe. */
public final class TestReports {
  private static final Logger log = LoggerFactory.getLogger(TestReports.class);

  /** More bytes than this are not read, in all files together. */
  private static final long MAX_BYTES = 1L << 30;

  private static final int MAX_NAMED_FAULTS = 5;

  private final Path root;
  private final ReportFiles files;

  private TestReports(Path root, ReportFiles files) {
    this.root = root;
    this.files = files;
  }

  /**
   * Notes which files are there before the run.
   *
   * @param start of the run
   * @param lister lists some of the folders without reading them
   */
  public static TestReports before(Instant start, Path root, ReportFiles.Lister lister) {
    return new TestReports(root, ReportFiles.before(start, root, lister));
  }

  /**
   * Reads the reports that were written since. Nothing in the workspace can make this method fail:
   * what cannot be read is lost, and named.
   *
   * @param awaited names of the tests to report if they passed
   * @param redactor hides the secrets in names and messages before these are shortened
   */
  public TestResults read(Set<String> awaited, Redactor redactor) {
    var room = new Room(new Texts(redactor));
    List<Found> written = files.written();
    // A tool may write its results in both formats. XML says more.
    List<Found> tap = written.stream().filter(Found::isTap).toList();
    List<Found> xml = written.stream().filter(file -> !file.isTap()).toList();
    TestResults results = sum(read(xml, awaited, room), room);
    return results.isEmpty() ? sum(read(tap, awaited, room), room) : results;
  }

  private static List<Report> read(List<Found> written, Set<String> awaited, Room room) {
    var reports = new ArrayList<Report>();
    long bytes = 0;
    for (Found file : written) {
      bytes += file.size();
      if (bytes > MAX_BYTES) {
        bytes -= file.size();
        var tally = new Tally(awaited, room);
        tally.lose(new Fault(0, "it is too large"));
        reports.add(new Report(file.path(), tally));
      } else {
        read(file, awaited, room).ifPresent(tally -> reports.add(new Report(file.path(), tally)));
      }
    }
    return reports;
  }

  /** Reads a file; empty if it is no report, which is no loss unless its name says that it is. */
  private static Optional<Tally> read(Found file, Set<String> awaited, Room room) {
    var tally = new Tally(awaited, room);
    try (InputStream in = Files.newInputStream(file.path(), NOFOLLOW_LINKS)) {
      if (file.isTap()) {
        return TapFile.read(in, awaited, room);
      }
      boolean report = XmlReport.read(in, tally) || (file.expected() && tally.fault().isPresent());
      return Optional.of(tally).filter(read -> report);
    } catch (IOException e) {
      log.debug("Could not read {}", file.path(), e);
      tally.lose(new Fault(0, "it could not be opened: " + e.getMessage()));
      return Optional.of(tally).filter(lost -> file.expected());
    }
  }

  private TestResults sum(List<Report> reports, Room room) {
    Set<Report> repeated = Repeats.in(reports);
    var failures = new ArrayList<FailedTest>();
    var passed = new HashSet<String>();
    var counts = Counts.NONE;
    for (Report report : reports) {
      if (!repeated.contains(report)) {
        counts = counts.plus(report.tally().counts());
        report.tally().failures().forEach(test -> add(test, failures, room));
        passed.addAll(report.tally().passed());
      }
    }
    return new TestResults(counts, failures, passed, lost(reports));
  }

  private static void add(FailedTest test, List<FailedTest> failures, Room room) {
    if (failures.size() < TestResults.MAX_NAMES) {
      failures.add(failures.size() < TestReport.MAX_FAILURES ? test : room.brief(test));
    }
  }

  private List<String> lost(List<Report> reports) {
    var lost = new ArrayList<String>();
    files.unseen().ifPresent(lost::add);
    List<String> faults = reports.stream().flatMap(report -> report.loss(root).stream()).toList();
    if (!faults.isEmpty()) {
      int more = faults.size() - MAX_NAMED_FAULTS;
      lost.add(
          (faults.size() == 1 ? "1 report" : faults.size() + " reports")
              + " could not be read: "
              + faults.stream().limit(MAX_NAMED_FAULTS).collect(Collectors.joining("; "))
              + (more > 0 ? "; and " + more + " more" : ""));
    }
    return lost;
  }

  /** One file and its cases. */
  record Report(Path file, Tally tally) {
    private Optional<String> loss(Path root) {
      return tally.loss(root.relativize(file).toString());
    }
  }
}
