package io.numa.avatar.run.test.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Reads XML reports of several formats as a stream. */
final class XmlReport {
  /** The formats by the names of their root elements. */
  private static final Map<String, Format> FORMATS =
      Map.of(
          "testsuites", JUnitFormat::read,
          "testsuite", JUnitFormat::read,
          "TestRun", TrxFormat::read,
          "test-run", NUnitFormat::read,
          "test-results", NUnitFormat::read,
          "assemblies", XunitFormat::read);

  /** Reads the current element, to its end. */
  @FunctionalInterface
  private interface Format {
    void read(XmlCursor xml, Tally tally) throws XMLStreamException;
  }

  private XmlReport() {}

  /**
   * Adds the cases of a report to {@code tally}. If the file is damaged, these are the cases before
   * the damage, and the tally has a fault.
   *
   * @return whether it is a report, rather than XML for another purpose or no XML
   */
  static boolean read(InputStream in, Tally tally) throws IOException {
    try (var xml = XmlCursor.open(in)) {
      return read(xml, tally);
    } catch (XMLStreamException e) {
      throw new IOException("could not read it as XML: " + e.getMessage(), e);
    }
  }

  private static boolean read(XmlCursor xml, Tally tally) {
    boolean report = false;
    try {
      while (xml.nextChild()) {
        Optional<Format> format = Optional.ofNullable(FORMATS.get(xml.name()));
        if (format.isEmpty()) {
          return report;
        }
        report = true;
        format.get().read(xml, tally);
      }
      if (!report) {
        tally.lose(new Fault(0, "it has no XML"));
      }
    } catch (XMLStreamException e) {
      tally.lose(xml.fault(e));
    }
    return report;
  }
}
