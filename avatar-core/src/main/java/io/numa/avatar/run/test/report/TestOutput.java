package io.numa.avatar.run.test.report;

import io.numa.avatar.run.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what a test run prints, as it is printed. Not thread-safe. */
public final class TestOutput implements Consumer<String> {
  private final LastLines last;
  private final List<LineFormat> formats;
  private final OutputLines lines;

  /**
   * @param awaited names of the tests to report if they passed
   * @param redactor hides the secrets in names and messages before these are shortened
   */
  public TestOutput(Set<String> awaited, Redactor redactor) {
    var texts = new Texts(redactor);
    last = new LastLines(texts);
    formats =
        List.of(
            new TapLines(awaited, () -> new Room(texts)),
            new GoJsonLines(new Tally(awaited, new Room(texts))),
            new GoVerboseLines(new Tally(awaited, new Room(texts))),
            new CtestLines(new Tally(awaited, new Room(texts))),
            new CargoLines(new Tally(awaited, new Room(texts))),
            new UnittestLines(new Tally(awaited, new Room(texts))),
            new AutomakeLines(new Tally(awaited, new Room(texts))));
    var readers = new ArrayList<Consumer<String>>(formats);
    readers.add(last);
    lines = new OutputLines(readers);
  }

  /** Reads a piece of the output, which has no secrets. */
  @Override
  public void accept(String text) {
    lines.accept(text);
  }

  /** Ends the output, and returns the tests in it; none if it is in no known format. */
  public TestResults end() {
    lines.end();
    return TestResults.ofOutput(formats.stream().flatMap(format -> format.end().stream()).toList());
  }

  /** The last lines that are not blank. */
  public List<String> lastLines() {
    return last.lines();
  }
}
