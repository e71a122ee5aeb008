package io.numa.avatar.run.test.report;

import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** The formats of NUnit 2 and 3: {@code test-case} elements in suites, at any depth. */
final class NUnitFormat {
  private static final Set<String> ERRORS = Set.of("Error", "Invalid", "Cancelled");

  /** The places of a suite's own failures; other suites repeat those of their tests. */
  private static final Set<String> OWN = Set.of("SetUp", "TearDown");

  private final XmlCursor xml;
  private final Tally tally;

  private NUnitFormat(XmlCursor xml, Tally tally) {
    this.xml = xml;
    this.tally = tally;
  }

  static void read(XmlCursor xml, Tally tally) throws XMLStreamException {
    long around = tally.beginSuite("");
    new NUnitFormat(xml, tally).readSuite();
    tally.endSuite(around);
  }

  private void readSuite() throws XMLStreamException {
    String name = name();
    boolean own = OWN.contains(xml.attribute("site"));
    xml.children(
        element -> {
          switch (element) {
            case "test-suite", "results" -> readSuite();
            case "test-case" -> readCase();
            case "failure" -> {
              String message = message();
              if (own) {
                tally.addProblem(name, message);
              }
            }
            default -> xml.leave();
          }
        });
  }

  private void readCase() throws XMLStreamException {
    String name = name();
    String time = xml.attribute("time") + xml.attribute("duration");
    CaseResult result = result();
    var message = new StringBuilder();
    try {
      xml.children(
          element -> {
            if (element.equals("failure")) {
              message.append(message());
            } else {
              xml.leave();
            }
          });
    } finally {
      tally.add(name, result, message.toString(), time);
    }
  }

  private CaseResult result() {
    if (ERRORS.contains(xml.attribute("label"))) {
      return CaseResult.ERROR;
    }
    CaseResult word = CaseResult.of(xml.attribute("result"));
    if (word != CaseResult.PASSED) {
      return word;
    }
    // Versions of NUnit 2 before 2.5 have no word.
    if (xml.attribute("executed").equals("False")) {
      return CaseResult.SKIPPED;
    }
    return xml.attribute("success").equals("False") ? CaseResult.FAILED : CaseResult.PASSED;
  }

  private String name() {
    String full = xml.attribute("fullname");
    return full.isEmpty() ? xml.attribute("name") : full;
  }

  /** Reads the message of a failure, to the end of the failure. */
  private String message() throws XMLStreamException {
    var message = new StringBuilder();
    xml.children(
        part -> {
          if (part.equals("message")) {
            message.append(xml.text(Texts.MAX_READ_CHARS));
          } else {
            xml.leave();
          }
        });
    return message.toString();
  }
}
