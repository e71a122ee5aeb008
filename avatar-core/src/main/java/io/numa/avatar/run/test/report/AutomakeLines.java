package io.numa.avatar.run.test.report;

import io.numa.avatar.task.TestReport.Counts;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The output of Automake's {@code make check}, which prints counts for each folder with tests. */
final class AutomakeLines implements LineFormat {
  private static final Pattern TEST = Pattern.compile("(PASS|FAIL|XPASS|ERROR): (\\S.*)");
  private static final Pattern COUNT =
      Pattern.compile("# (TOTAL|PASS|SKIP|XFAIL|FAIL|XPASS|ERROR): +(\\d{1,9})");

  private final Tally tally;
  private final Set<String> failing = new LinkedHashSet<>();
  private boolean found;

  AutomakeLines(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(String line) {
    Matcher test = TEST.matcher(line);
    Matcher count = COUNT.matcher(line);
    if (test.matches() && test.group(1).equals("PASS")) {
      tally.namePassed(test.group(2));
    } else if (test.matches() && failing.size() < TestResults.MAX_NAMES) {
      failing.add(test.group(2));
    } else if (count.matches()) {
      add(count.group(1), Integer.parseInt(count.group(2)));
    }
  }

  private void add(String what, int number) {
    switch (what) {
      case "TOTAL" -> {
        found = true;
        tally.count(new Counts(number, 0, 0, 0));
        failing.forEach(name -> tally.nameFailed(name, ""));
        failing.clear();
      }
      case "SKIP", "XFAIL" -> tally.count(new Counts(0, 0, 0, number));
      case "FAIL", "XPASS" -> tally.count(new Counts(0, number, 0, 0));
      case "ERROR" -> tally.count(new Counts(0, 0, number, 0));
      default -> {}
    }
  }

  @Override
  public Optional<Tally> end() {
    return found ? Optional.of(tally) : Optional.empty();
  }
}
