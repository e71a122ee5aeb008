package io.numa.avatar.run.test.report;

import java.util.Set;
import javax.xml.stream.XMLStreamException;

/**
 * The format of JUnit's reports: {@code testcase} elements in {@code testsuite} elements, at any
 * depth. The cases are counted here, because the numbers on suites have different meanings in
 * different tools. Surefire's elements for reruns ({@code rerunFailure}, {@code flakyError} and so
 * on) do not count: a test that passed in the end has passed.
 */
final class JUnitFormat {
  private static final String GO_MESSAGE = "Failed";

  /** CTest calls such a test skipped in its report, and failed in its output. */
  private static final String NO_PROGRAM = "Unable to find executable";

  private static final Set<String> SKIPPED = Set.of("skipped", "disabled", "ignored");

  private final XmlCursor xml;
  private final Tally tally;
  private int failureElements;

  private JUnitFormat(XmlCursor xml, Tally tally) {
    this.xml = xml;
    this.tally = tally;
  }

  static void read(XmlCursor xml, Tally tally) throws XMLStreamException {
    new JUnitFormat(xml, tally).readSuite();
  }

  private void readSuite() throws XMLStreamException {
    String name = xml.attribute("name");
    int line = xml.line();
    int declared = xml.number("failures") + xml.number("errors");
    int before = failureElements;
    long around = tally.beginSuite(xml.attribute("timestamp"));
    xml.children(element -> readInSuite(name, element));
    tally.endSuite(around);
    int shown = failureElements - before;
    if (declared > shown) {
      tally.lose(new Fault(line, "it speaks of " + declared + " failures, and shows " + shown));
    }
  }

  private void readInSuite(String suite, String element) throws XMLStreamException {
    switch (element) {
      case "testsuite" -> readSuite();
      case "testcase" -> readCase();
      case "error", "failure" -> {
        failureElements++;
        tally.addProblem(suite, message());
      }
      default -> xml.leave();
    }
  }

  private void readCase() throws XMLStreamException {
    String name = joined(xml.attribute("classname"), xml.attribute("name"));
    String time = xml.attribute("time");
    var words = CaseResult.of(xml.attribute("result")).or(CaseResult.of(xml.attribute("status")));
    var result = CaseResult.PASSED;
    var message = "";
    boolean whole = false;
    try {
      while (xml.nextChild()) {
        CaseResult before = result;
        CaseResult told = inCase(xml.name());
        result = result.or(told);
        String text = message();
        message = result == before ? message : text;
        if (told == CaseResult.SKIPPED && text.equals(NO_PROGRAM)) {
          result = result.or(CaseResult.ERROR);
        }
      }
      failureElements += words.failing() && !result.failing() ? 1 : 0;
      result = result.or(words);
      whole = true;
    } finally {
      if (whole || result.failing()) {
        tally.add(name, result, message, time);
      }
    }
  }

  private CaseResult inCase(String element) {
    if (element.equals("failure") || element.equals("error")) {
      failureElements++;
      return element.equals("error") ? CaseResult.ERROR : CaseResult.FAILED;
    }
    return SKIPPED.contains(element) ? CaseResult.SKIPPED : CaseResult.PASSED;
  }

  /**
   * Reads the message of the current element: reports of Go tests have only one fixed word as
   * message, and the details in the text.
   */
  private String message() throws XMLStreamException {
    String message = xml.attribute("message");
    String text = xml.text(Texts.MAX_READ_CHARS);
    return message.isEmpty() || (GO_MESSAGE.equals(message) && !text.isEmpty()) ? text : message;
  }

  static String joined(String suite, String name) {
    return suite.isEmpty() || name.isEmpty() ? suite + name : suite + "." + name;
  }
}
