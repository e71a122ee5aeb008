package io.numa.avatar.run.test.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Test Anything Protocol, versions 12 to 14. Subtests are parts of their test and do not count,
 * as in other tools; but where Node's runner says at the end that it counts them, they do.
 */
final class TapLines implements LineFormat {
  private static final Pattern VERSION = Pattern.compile("TAP version 1[2-4]");
  private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d{1,9})(?:\\s.*)?");
  private static final Pattern POINT =
      Pattern.compile("(?<indent> *)(?<not>not )?ok\\b(?: +(?<number>\\d{1,9}))?(?<rest>\\s.*|)");
  private static final Pattern DIRECTIVE =
      Pattern.compile("(?<!\\\\)#\\s*(skip|todo)\\w*(?:\\s.*)?$", Pattern.CASE_INSENSITIVE);
  private static final Pattern SUBTEST = Pattern.compile("( *)# Subtest: (.*)");
  private static final Pattern REASON =
      Pattern.compile("\\s+(?:error|message): *(?:['\"](.*)['\"]|([^|>].*))");
  private static final Pattern TOTAL = Pattern.compile("# (tests|suites) +(\\d{1,9})");
  private static final Pattern FILE = Pattern.compile("(\\S+) \\.{2,}");
  private static final Pattern BAIL_OUT = Pattern.compile("Bail out!\\s*(.*)");
  private static final String OF_SUITE = "type: 'suite'";
  private static final int MAX_LEVELS = 50;

  /** The tests without subtests, and all of them. */
  private final Tally top;

  private final Tally every;
  private final List<String> parents = new ArrayList<>();
  private final Stream stream = new Stream();
  private String file = "";
  private Optional<Point> pending = Optional.empty();
  private boolean countsSubtests;
  private int said = -1;
  private boolean found;
  private boolean strange;

  /** The current document; there may be several, one after the other. */
  private static final class Stream {
    private int planned = -1;
    private int points;
    private boolean numbered;

    boolean isEmpty() {
      return planned < 0 && points == 0;
    }

    boolean isComplete() {
      return planned >= 0 && points >= planned;
    }
  }

  private record Point(int level, String name, CaseResult result, String message, boolean suite) {}

  /**
   * @param rooms for the failures of two ways to count
   */
  TapLines(Set<String> awaited, Supplier<Room> rooms) {
    top = new Tally(awaited, rooms.get());
    every = new Tally(awaited, rooms.get());
  }

  @Override
  public void accept(String line) {
    Matcher point = POINT.matcher(line);
    Matcher plan = PLAN.matcher(line);
    if (plan.matches()) {
      addPlan(Integer.parseInt(plan.group(1)));
    } else if (point.matches() && !isOther(point)) {
      addPoint(point);
    } else if (VERSION.matcher(line).matches()) {
      endStream();
    } else {
      addOther(line);
    }
  }

  /** Whether a line that begins like a test is another one: other tools say {@code ok}, too. */
  private boolean isOther(Matcher line) {
    boolean plain = line.group("number") == null && line.group("indent").isEmpty();
    boolean bare = plain && line.group("not") == null && line.group("rest").isEmpty();
    return bare || (plain && stream.numbered);
  }

  private void addPlan(int tests) {
    addPending();
    if (stream.planned >= 0) {
      endStream();
    }
    stream.planned = tests;
    found = true;
  }

  private void addPoint(Matcher line) {
    addPending();
    int level = line.group("indent").length() / 4;
    String number = line.group("number");
    if (level == 0) {
      if ("1".equals(number) && stream.isComplete()) {
        endStream();
      }
      stream.points++;
      stream.numbered |= number != null;
      strange |= number != null && Integer.parseInt(number) != stream.points;
    }
    String shown = number == null ? Integer.toString(stream.points) : number;
    boolean good = line.group("not") == null;
    pending = Optional.of(point(level, good, line.group("rest"), "test " + shown));
  }

  private Point point(int level, boolean good, String rest, String unnamed) {
    Matcher directive = DIRECTIVE.matcher(rest);
    boolean excused = directive.find();
    String text = excused ? rest.substring(0, directive.start()) : rest;
    String name = text.strip().replaceFirst("^- *", "");
    boolean todo = excused && directive.group(1).equalsIgnoreCase("todo");
    CaseResult failing = excused ? CaseResult.SKIPPED : CaseResult.FAILED;
    CaseResult passing = excused && !todo ? CaseResult.SKIPPED : CaseResult.PASSED;
    String full = path(level) + (name.isEmpty() ? unnamed : name);
    return new Point(level, full, good ? passing : failing, "", false);
  }

  private String path(int level) {
    var path = new StringBuilder(file);
    parents.stream().limit(level).forEach(parent -> path.append(parent).append(" > "));
    return path.toString();
  }

  private void addOther(String line) {
    Matcher subtest = SUBTEST.matcher(line);
    Matcher total = TOTAL.matcher(line);
    Matcher begun = FILE.matcher(line);
    Matcher bailOut = BAIL_OUT.matcher(line.stripLeading());
    if (subtest.matches()) {
      addPending();
      enter(subtest.group(1).length() / 4, subtest.group(2));
    } else if (total.matches()) {
      addTotal(total.group(1), Integer.parseInt(total.group(2)));
    } else if (begun.matches()) {
      addPending();
      file = begun.group(1) + " > ";
    } else if (bailOut.matches() && (found || stream.points > 0)) {
      addPending();
      found = true;
      stream.planned = stream.points;
      top.addProblem("Bail out!", bailOut.group(1));
      every.addProblem("Bail out!", bailOut.group(1));
    } else if (pending.isPresent()) {
      pending = Optional.of(explained(pending.get(), line));
    }
  }

  private void addTotal(String what, int count) {
    if (what.equals("tests")) {
      said = Math.max(said, 0) + count;
    } else {
      countsSubtests = true;
    }
  }

  private void enter(int level, String name) {
    if (level < MAX_LEVELS) {
      while (parents.size() > level) {
        parents.remove(parents.size() - 1);
      }
      while (parents.size() < level) {
        parents.add("");
      }
      parents.add(name);
    }
  }

  /** The test with what a line below it says: in YAML, or in a comment. */
  private static Point explained(Point point, String line) {
    if (line.contains(OF_SUITE)) {
      return new Point(point.level(), point.name(), point.result(), point.message(), true);
    }
    Matcher reason = REASON.matcher(line);
    boolean comment = line.startsWith("# ");
    if (!point.result().failing() || !point.message().isEmpty() || !(comment || reason.matches())) {
      return point;
    }
    String quoted = comment ? line.substring(2) : reason.group(1);
    String message = quoted == null ? reason.group(2) : quoted;
    return new Point(point.level(), point.name(), point.result(), message.strip(), point.suite());
  }

  private void addPending() {
    pending.ifPresent(
        point -> {
          if (point.level() == 0) {
            top.add(point.name(), point.result(), point.message(), "");
          }
          if (!point.suite()) {
            every.add(point.name(), point.result(), point.message(), "");
          }
        });
    pending = Optional.empty();
  }

  private void endStream() {
    addPending();
    if (!stream.isEmpty() && stream.planned != stream.points) {
      lose(
          "the plan has "
              + Math.max(stream.planned, 0)
              + " tests, and "
              + stream.points
              + " are shown");
    }
    strange |= (stream.planned > 0) != (stream.points > 0);
    stream.planned = -1;
    stream.points = 0;
    stream.numbered = false;
  }

  private void lose(String why) {
    top.lose(new Fault(0, why));
    every.lose(new Fault(0, why));
  }

  @Override
  public Optional<Tally> end() {
    endStream();
    if (!found || strange) {
      return Optional.empty();
    }
    Tally counted = countsSubtests ? every : top;
    if (said >= 0 && counted.counts().run() != said) {
      counted.lose(
          new Fault(0, said + " tests are told of, and " + counted.counts().run() + " are shown"));
    }
    return Optional.of(counted);
  }
}
