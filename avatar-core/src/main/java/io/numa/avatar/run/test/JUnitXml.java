package io.numa.avatar.run.test;

import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads one report: {@code testcase} elements in {@code testsuite} elements, at any depth. It
 * counts the cases itself, because the numbers on suites have different meanings in different
 * tools. It ignores Surefire's elements for reruns ({@code rerunFailure}, {@code flakyError} and so
 * on): a test that passed in the end has passed.
 */
final class JUnitXml {
  private static final int MAX_MESSAGE_CHARS = 2_000;
  private static final int MAX_BRIEF_CHARS = 200;
  private static final int MAX_NAME_CHARS = 500;
  private static final String GO_MESSAGE = "Failed";
  private static final Set<String> REPORTS = Set.of("testsuites", "testsuite");
  private static final Set<String> VERDICTS = Set.of("failure", "error", "skipped");

  private final XMLStreamReader xml;
  private final Set<String> awaited;
  private final List<FailedTest> failures = new ArrayList<>();
  private final Set<String> passed = new HashSet<>();
  private Counts counts = Counts.NONE;

  private JUnitXml(XMLStreamReader xml, Set<String> awaited) {
    this.xml = xml;
    this.awaited = awaited;
  }

  /**
   * Reads a report as a stream; only the result is kept in memory. XML that is not a report
   * contains no tests.
   *
   * @param awaited names of the tests to report if they passed
   * @throws XMLStreamException if the input is not XML or is incomplete
   */
  static JUnitReports read(InputStream in, Set<String> awaited) throws XMLStreamException {
    XMLStreamReader xml = factory().createXMLStreamReader(in);
    try {
      var report = new JUnitXml(xml, awaited);
      report.readDocument();
      return new JUnitReports(report.counts, report.failures, report.passed, 0);
    } finally {
      xml.close();
    }
  }

  /**
   * The JDK's own parser, set to load no external files and to expand no entities that a file
   * declares.
   */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  private void readDocument() throws XMLStreamException {
    boolean report = nextElement() && REPORTS.contains(xml.getLocalName());
    while (report && nextElement()) {
      if (xml.getLocalName().equals("testcase")) {
        readCase();
      }
    }
  }

  private boolean nextElement() throws XMLStreamException {
    while (xml.hasNext()) {
      if (xml.next() == START_ELEMENT) {
        return true;
      }
    }
    return false;
  }

  private void readCase() throws XMLStreamException {
    var name = caseName();
    var verdict = "";
    for (int event = xml.next(); event != END_ELEMENT; event = xml.next()) {
      if (event != START_ELEMENT) {
        continue;
      }
      var element = xml.getLocalName();
      var message = attribute("message");
      var text = elementText();
      if (verdict.isEmpty() && VERDICTS.contains(element)) {
        verdict = element;
        addFailure(verdict, name, telling(message, text));
      }
    }
    if (verdict.isEmpty() && awaited.contains(name)) {
      passed.add(name);
    }
    counts = counts.plus(count(verdict));
  }

  private void addFailure(String verdict, String name, String message) {
    if (verdict.equals("skipped") || failures.size() >= JUnitReports.MAX_NAMES) {
      return;
    }
    var test = new FailedTest(name, shortened(message, MAX_MESSAGE_CHARS));
    failures.add(failures.size() < TestReport.MAX_FAILURES ? test : brief(test));
  }

  /** The test, with only the beginning of its message. */
  static FailedTest brief(FailedTest test) {
    return new FailedTest(test.name(), shortened(test.message(), MAX_BRIEF_CHARS));
  }

  /**
   * Chooses the message: reports of Go tests have only one fixed word as message, and the details
   * in the text.
   */
  private static String telling(String message, String text) {
    return message.isEmpty() || (GO_MESSAGE.equals(message) && !text.isEmpty()) ? text : message;
  }

  private static Counts count(String verdict) {
    return switch (verdict) {
      case "failure" -> new Counts(1, 1, 0, 0);
      case "error" -> new Counts(1, 0, 1, 0);
      case "skipped" -> new Counts(1, 0, 0, 1);
      default -> new Counts(1, 0, 0, 0);
    };
  }

  private String caseName() {
    var suite = attribute("classname");
    var name = attribute("name");
    return shortened(
        suite.isEmpty() || name.isEmpty() ? suite + name : suite + "." + name, MAX_NAME_CHARS);
  }

  private String attribute(String name) {
    return Optional.ofNullable(xml.getAttributeValue(null, name)).orElse("").strip();
  }

  /** Reads to the end of the element, and returns the beginning of its text. */
  private String elementText() throws XMLStreamException {
    var text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == START_ELEMENT) {
        depth++;
      } else if (event == END_ELEMENT) {
        depth--;
      } else if (xml.hasText() && text.length() <= MAX_MESSAGE_CHARS) {
        text.append(xml.getText());
      }
    }
    return text.toString().strip();
  }

  private static String shortened(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(chars - 1));
    return text.substring(0, splitsPair ? chars - 1 : chars) + "…";
  }
}
