package io.numa.avatar.run.test.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The output of {@code cargo test}, in which each test binary ends with its own counts. */
final class CargoLines implements LineFormat {
  private static final Pattern TEST =
      Pattern.compile("test (?<name>.+?) \\.\\.\\. (?<result>ok|FAILED|ignored)\\b.*");

  private static final Pattern SUMMARY =
      Pattern.compile(
          "test result: (?:ok|FAILED)\\. (\\d{1,9}) passed; (\\d{1,9}) failed; (\\d{1,9}) ignored;.*");

  private final Tally tally;
  private int told;
  private int failed;
  private boolean found;

  CargoLines(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(String line) {
    Matcher test = TEST.matcher(line);
    Matcher summary = SUMMARY.matcher(line);
    if (test.matches()) {
      tally.add(test.group("name"), CaseResult.of(test.group("result")), "", "");
    } else if (summary.matches()) {
      found = true;
      failed += Integer.parseInt(summary.group(2));
      told +=
          Integer.parseInt(summary.group(1))
              + Integer.parseInt(summary.group(2))
              + Integer.parseInt(summary.group(3));
    }
  }

  @Override
  public Optional<Tally> end() {
    int shown = tally.counts().run();
    if (found && (shown != told || tally.counts().failed() != failed)) {
      tally.lose(new Fault(0, told + " tests are told of, and " + shown + " are shown"));
    }
    return found ? Optional.of(tally) : Optional.empty();
  }
}
