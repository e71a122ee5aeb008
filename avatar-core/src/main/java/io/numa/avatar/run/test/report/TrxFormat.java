package io.numa.avatar.run.test.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/**
 * The format of Visual Studio's test results (TRX). The names of the tests' classes stand apart
 * from the results. A result with inner results, one for each row of data, is their sum.
 */
final class TrxFormat {
  private static final int MAX_RESULTS = 200_000;

  private final XmlCursor xml;
  private final Tally tally;
  private final List<Result> results = new ArrayList<>();
  private final Map<String, String> classes = new HashMap<>();

  private record Result(String test, String name, CaseResult result, String message, String time) {}

  private TrxFormat(XmlCursor xml, Tally tally) {
    this.xml = xml;
    this.tally = tally;
  }

  static void read(XmlCursor xml, Tally tally) throws XMLStreamException {
    var trx = new TrxFormat(xml, tally);
    try {
      xml.children(trx::readInRun);
    } finally {
      trx.addResults();
    }
  }

  private void readInRun(String element) throws XMLStreamException {
    switch (element) {
      case "Results" -> xml.children(this::readResult);
      case "TestDefinitions" -> xml.children(this::readDefinition);
      case "ResultSummary" -> readSummary();
      default -> xml.leave();
    }
  }

  private void readResult(String element) throws XMLStreamException {
    String test = xml.attribute("testId");
    String name = xml.attribute("testName");
    String time = xml.attribute("duration");
    var result = CaseResult.of(xml.attribute("outcome"));
    var message = new StringBuilder();
    int before = results.size();
    try {
      xml.children(
          child -> {
            switch (child) {
              case "InnerResults" -> xml.children(this::readResult);
              case "Output" -> readError(message);
              default -> xml.leave();
            }
          });
    } finally {
      if (element.endsWith("Result") && results.size() == before) {
        keep(new Result(test, name, result, message.toString(), time));
      }
    }
  }

  private void keep(Result result) {
    if (results.size() < MAX_RESULTS) {
      results.add(result);
    } else {
      tally.lose(new Fault(xml.line(), "it has more than " + MAX_RESULTS + " results"));
    }
  }

  private void readError(StringBuilder message) throws XMLStreamException {
    xml.children(
        output -> {
          if (output.equals("ErrorInfo")) {
            xml.children(part -> appendMessage(part, message));
          } else {
            xml.leave();
          }
        });
  }

  private void appendMessage(String part, StringBuilder message) throws XMLStreamException {
    if (part.equals("Message")) {
      message.append(xml.text(Texts.MAX_READ_CHARS));
    } else {
      xml.leave();
    }
  }

  private void readDefinition(String element) throws XMLStreamException {
    String test = xml.attribute("id");
    xml.children(
        part -> {
          if (part.equals("TestMethod") && classes.size() < MAX_RESULTS) {
            // Old versions write the assembly's name behind the class.
            classes.put(test, xml.attribute("className").replaceFirst(",.*", ""));
          }
          xml.leave();
        });
  }

  /** Reads errors of the run itself, such as that of a test host that crashed. */
  private void readSummary() throws XMLStreamException {
    xml.children(
        part -> {
          if (part.equals("RunInfos")) {
            xml.children(this::readRunInfo);
          } else {
            xml.leave();
          }
        });
  }

  private void readRunInfo(String element) throws XMLStreamException {
    boolean error = xml.attribute("outcome").equals("Error");
    String text = xml.text(Texts.MAX_READ_CHARS);
    if (error) {
      tally.addProblem("test run", text);
    }
  }

  private void addResults() {
    long around = tally.beginSuite("");
    for (Result result : results) {
      String owner = classes.getOrDefault(result.test(), "");
      String name = result.name();
      tally.add(
          name.startsWith(owner) ? name : JUnitFormat.joined(owner, name),
          result.result(),
          result.message(),
          result.time());
    }
    tally.endSuite(around);
  }
}
