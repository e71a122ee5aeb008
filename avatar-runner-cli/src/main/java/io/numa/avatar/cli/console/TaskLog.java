package io.numa.avatar.cli.console;

import io.numa.avatar.run.log.RunLog;
import java.io.PrintWriter;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints the log of one task for the person who started it: without times, and without what that
 * person knows already. Holds back the last line until it is complete.
 */
public final class TaskLog {
  private static final Pattern OWN_LINE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z (\\[(\\w+)\\]) (.*)", Pattern.DOTALL);

  private static final Set<String> KNOWN = Set.of("fetch", "report");

  /** How the log shows the results of an agent's tools. */
  private static final String RESULT = "    ";

  /** The lines of a result that are printed; the log has all of them. */
  private static final int RESULT_LINES = 12;

  /** A longer line is printed in pieces, so that memory stays bounded. */
  private static final int LONGEST_LINE = 64 * 1024;

  private final PrintWriter out;
  private final Paint paint;
  private final UnaryOperator<String> output;
  private final StringBuilder line = new StringBuilder();
  private int resultLines;

  /** Whether the line continues a line of output whose beginning is printed already. */
  private boolean inOutput;

  public TaskLog(PrintWriter out, Paint paint) {
    this(out, paint, UnaryOperator.identity());
  }

  /**
   * Makes a log.
   *
   * @param output colours a line that a command has printed
   */
  public TaskLog(PrintWriter out, Paint paint, UnaryOperator<String> output) {
    this.out = out;
    this.paint = paint;
    this.output = output;
  }

  /** Adds a piece of the log. */
  public void add(String text) {
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      line.append(text, from, end);
      print();
      inOutput = false;
      from = end + 1;
    }
    line.append(text, from, text.length());
    if (line.length() > LONGEST_LINE) {
      boolean output = isOutput();
      print();
      inOutput = output;
    }
    out.flush();
  }

  /** Prints the rest. */
  public void end() {
    if (line.length() > 0) {
      print();
    }
    endResult();
    out.flush();
  }

  private void print() {
    Matcher own = OWN_LINE.matcher(line);
    boolean result = own.matches() && own.group(3).startsWith(RESULT);
    if (!result) {
      endResult();
    }
    if (isOutput()) {
      printOutput(line.substring(inOutput ? 0 : RunLog.MARK.length()));
    } else if (!own.matches()) {
      out.println(Harmless.text(line.toString()));
    } else if (result) {
      printResult(own.group(1), own.group(3));
    } else if (!KNOWN.contains(own.group(2))) {
      out.println(paint.dim(own.group(1)) + " " + Harmless.text(own.group(3)));
    }
    line.setLength(0);
  }

  private boolean isOutput() {
    return inOutput || line.indexOf(RunLog.MARK) == 0;
  }

  private void printOutput(String text) {
    out.println(paint.dim(RunLog.MARK.strip()) + " " + output.apply(Harmless.text(text)));
  }

  private void printResult(String stage, String text) {
    resultLines++;
    if (resultLines <= RESULT_LINES) {
      out.println(paint.dim(stage) + " " + output.apply(Harmless.text(text)));
    }
  }

  private void endResult() {
    int more = resultLines - RESULT_LINES;
    if (more > 0) {
      out.println(paint.dim(RESULT + "… " + more + (more == 1 ? " more line" : " more lines")));
    }
    resultLines = 0;
  }
}
