package io.numa.avatar.run.test.report;

import javax.xml.stream.XMLStreamException;

/** The format of xUnit.net 2: {@code test} elements in collections of assemblies. */
final class XunitFormat {
  private final XmlCursor xml;
  private final Tally tally;

  private XunitFormat(XmlCursor xml, Tally tally) {
    this.xml = xml;
    this.tally = tally;
  }

  static void read(XmlCursor xml, Tally tally) throws XMLStreamException {
    long around = tally.beginSuite("");
    xml.children(new XunitFormat(xml, tally)::readInAssemblies);
    tally.endSuite(around);
  }

  private void readInAssemblies(String element) throws XMLStreamException {
    switch (element) {
      case "assembly", "collection", "errors" -> xml.children(this::readInAssemblies);
      case "test" -> readTest();
      case "error" -> {
        String name = xml.attribute("name");
        tally.addProblem(name.isEmpty() ? xml.attribute("type") : name, message());
      }
      default -> xml.leave();
    }
  }

  private void readTest() throws XMLStreamException {
    String name = xml.attribute("name");
    String time = xml.attribute("time");
    CaseResult result = CaseResult.of(xml.attribute("result"));
    var message = "";
    try {
      message = message();
    } finally {
      tally.add(name, result, message, time);
    }
  }

  /** Reads the message of the failure in the current element, to the end of the element. */
  private String message() throws XMLStreamException {
    var message = new StringBuilder();
    xml.children(
        part -> {
          if (part.equals("failure")) {
            message.append(message());
          } else if (part.equals("message")) {
            message.append(xml.text(Texts.MAX_READ_CHARS));
          } else {
            xml.leave();
          }
        });
    return message.toString();
  }
}
