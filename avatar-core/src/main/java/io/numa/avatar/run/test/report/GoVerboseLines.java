package io.numa.avatar.run.test.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of {@code go test -v}. Without {@code -v}, tests that pass are not shown, so nothing
 * is counted.
 */
final class GoVerboseLines implements LineFormat {
  /** The result of a package. */
  static final Pattern PACKAGE =
      Pattern.compile(
          "(?<result>ok|FAIL)\\s+(?<name>\\S+)\\s+(?<why>\\[[^\\]]+\\]|\\(cached\\)|[0-9.]+s)(\\s.*)?");

  private static final Pattern BEGUN = Pattern.compile("=== (RUN|CONT|NAME|PAUSE) +(\\S+)");
  private static final Pattern ENDED = Pattern.compile(" *--- (PASS|FAIL|SKIP): (\\S+) \\(.*");

  private final Tally tally;
  private GoPackage current = new GoPackage();
  private String test = "";
  private boolean found;

  GoVerboseLines(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(String line) {
    Matcher begun = BEGUN.matcher(line);
    Matcher ended = ENDED.matcher(line);
    Matcher result = PACKAGE.matcher(line);
    if (begun.matches()) {
      test = begun.group(2);
      if (begun.group(1).equals("RUN")) {
        found = true;
        current.begin(test);
      }
    } else if (ended.matches()) {
      current.end(ended.group(2), CaseResult.of(ended.group(1)));
    } else if (result.matches()) {
      current.addTo(tally, result.group("name"), result.group("result").equals("FAIL"));
      current = new GoPackage();
    } else {
      current.print(test, line + "\n");
    }
  }

  @Override
  public Optional<Tally> end() {
    if (current.hasTests()) {
      current.addTo(tally, "unknown", false);
      tally.lose(new Fault(0, "the last package did not end"));
    }
    return found ? Optional.of(tally) : Optional.empty();
  }
}
