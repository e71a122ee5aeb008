package io.numa.avatar.run.test.report;

import io.numa.avatar.run.test.report.TestReports.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds reports that repeat others: their suites, with all cases, results and times, are among
 * those of a report with more suites; or they are a copy of a report that has times, byte by byte.
 * Equal reports without a time may be of two runs, so they both count.
 */
final class Repeats {
  private static final Logger log = LoggerFactory.getLogger(Repeats.class);

  private static final int MAX_COMPARED = 20;

  private final Set<Report> repeated = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The reports that count, by each of their suites. */
  private final Map<Long, List<Report>> bySuite = new HashMap<>();

  private Repeats() {}

  static Set<Report> in(List<Report> reports) {
    var repeats = new Repeats();
    reports.stream()
        .filter(report -> !report.tally().suites().isEmpty())
        .sorted(Comparator.comparingInt(Repeats::suites).reversed())
        .forEach(repeats::add);
    return repeats.repeated;
  }

  private static int suites(Report report) {
    return report.tally().suites().values().stream().mapToInt(Integer::intValue).sum();
  }

  private void add(Report report) {
    Map<Long, Integer> suites = report.tally().suites();
    long any = suites.keySet().iterator().next();
    List<Report> larger = bySuite.getOrDefault(any, List.of());
    if (larger.stream().limit(MAX_COMPARED).anyMatch(each -> repeats(report, each))) {
      repeated.add(report);
    } else {
      suites
          .keySet()
          .forEach(suite -> bySuite.computeIfAbsent(suite, k -> new ArrayList<>(1)).add(report));
    }
  }

  private static boolean repeats(Report report, Report larger) {
    boolean contained =
        report.tally().suites().entrySet().stream()
            .allMatch(
                suite ->
                    suite.getValue() <= larger.tally().suites().getOrDefault(suite.getKey(), 0));
    return contained && (suites(report) < suites(larger) || isCopy(report, larger));
  }

  private static boolean isCopy(Report report, Report other) {
    try {
      return report.tally().dated() && Files.mismatch(report.file(), other.file()) < 0;
    } catch (IOException e) {
      log.debug("Could not compare {} with {}", report.file(), other.file(), e);
      return false;
    }
  }
}
