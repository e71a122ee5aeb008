package io.numa.avatar.run.test.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The output of CTest, which ends with its own counts. */
final class CtestLines implements LineFormat {
  private static final Pattern TEST =
      Pattern.compile(
          " *\\d+/\\d+ Test +#\\d+: (?<name>.+?) \\.*(?<stars> *|\\*\\*\\*)"
              + "(?<result>Passed|Failed|Skipped|Timeout|Exception|Not Run(?: \\(Disabled\\))?)"
              + "(?<why>.*?)  *[0-9.]+ sec.*");

  private static final Pattern SUMMARY =
      Pattern.compile("\\d+% tests passed, (\\d{1,9}) tests? failed out of (\\d{1,9})");

  private final Tally tally;
  private int failed = -1;

  CtestLines(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(String line) {
    Matcher test = TEST.matcher(line);
    Matcher summary = SUMMARY.matcher(line);
    if (test.matches()) {
      add(test.group("name"), test.group("result"), test.group("why").strip());
    } else if (summary.matches()) {
      failed = Math.max(failed, 0) + Integer.parseInt(summary.group(1));
    }
  }

  private void add(String name, String word, String why) {
    CaseResult result =
        switch (word) {
          case "Passed" -> CaseResult.PASSED;
          case "Skipped", "Not Run (Disabled)" -> CaseResult.SKIPPED;
          default -> CaseResult.FAILED;
        };
    tally.add(name, result, word.equals("Failed") ? why : word + why, "");
  }

  @Override
  public Optional<Tally> end() {
    if (failed < 0) {
      return Optional.empty();
    }
    int shown = tally.counts().failed();
    if (shown != failed) {
      tally.lose(new Fault(0, failed + " tests failed, and " + shown + " of them are shown"));
    }
    return Optional.of(tally);
  }
}
