package io.numa.avatar.run.test.report;

import io.numa.avatar.task.TestReport.Counts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of Python's {@code unittest}. The counts are those of its last lines, because what the
 * tests print breaks the lines of single tests.
 */
final class UnittestLines implements LineFormat {
  private static final Pattern TEST = Pattern.compile("(\\w+ \\([\\w.<>]+\\))(?: .*)?");
  private static final Pattern PASSED = Pattern.compile("(?:.* \\.\\.\\. )?ok");
  private static final Pattern PROBLEM =
      Pattern.compile("(?:FAIL|ERROR|(?<unexpected>UNEXPECTED SUCCESS)): (?<name>\\S.*)");
  private static final Pattern RAN = Pattern.compile("Ran (\\d{1,9}) tests? in [0-9.]+s");
  private static final Pattern RESULT =
      Pattern.compile("(?:OK|FAILED|NO TESTS RAN)(?: \\((?<counts>.*)\\))?");
  private static final Pattern COUNT = Pattern.compile("([a-z ]+)=(\\d{1,9})");
  private static final String BEFORE_PROBLEM = "=".repeat(70);
  private static final String RULE = "-".repeat(70);

  private final Tally tally;
  private final StringBuilder message = new StringBuilder();
  private String problem = "";
  private String test = "";
  private String previous = "";
  private int ran = -1;
  private boolean found;

  UnittestLines(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(String line) {
    Matcher named = PROBLEM.matcher(line);
    Matcher total = RAN.matcher(line);
    if (named.matches() && (previous.equals(BEFORE_PROBLEM) || named.group("unexpected") != null)) {
      endProblem();
      problem = named.group("name");
      message.append(named.group("unexpected") == null ? "" : "unexpected success\n");
    } else if (previous.equals(RULE) && total.matches()) {
      endProblem();
      ran = Integer.parseInt(total.group(1));
    } else if (!problem.isEmpty()) {
      explain(line);
    } else {
      addOther(line);
    }
    previous = line;
  }

  private void addOther(String line) {
    Matcher result = RESULT.matcher(line);
    if (ran >= 0 && result.matches()) {
      tally.count(counts(Optional.ofNullable(result.group("counts")).orElse("")));
      found = true;
      ran = -1;
      return;
    }
    Matcher named = TEST.matcher(line);
    test = named.matches() ? named.group(1) : test;
    if (PASSED.matcher(line).matches()) {
      tally.namePassed(test);
    }
  }

  private Counts counts(String words) {
    Map<String, Integer> counts = new HashMap<>();
    COUNT
        .matcher(words)
        .results()
        .forEach(count -> counts.put(count.group(1).strip(), Integer.parseInt(count.group(2))));
    return new Counts(
        ran,
        counts.getOrDefault("failures", 0) + counts.getOrDefault("unexpected successes", 0),
        counts.getOrDefault("errors", 0),
        counts.getOrDefault("skipped", 0) + counts.getOrDefault("expected failures", 0));
  }

  /** Keeps what comes after the last frame of a stack. */
  private void explain(String line) {
    boolean rule = line.equals(RULE) || line.equals(BEFORE_PROBLEM);
    if (line.startsWith("Traceback ") || line.startsWith("  File \"") || previous.equals(RULE)) {
      message.setLength(0);
    }
    boolean frame = line.startsWith("  File \"") || line.startsWith("Traceback ");
    boolean source = message.isEmpty() && line.startsWith("    ");
    if (!rule && !frame && !source && message.length() < Texts.MAX_READ_CHARS) {
      message.append(line).append('\n');
    }
  }

  private void endProblem() {
    if (!problem.isEmpty()) {
      tally.nameFailed(problem, message.toString().strip());
    }
    problem = "";
    message.setLength(0);
  }

  @Override
  public Optional<Tally> end() {
    return found ? Optional.of(tally) : Optional.empty();
  }
}
