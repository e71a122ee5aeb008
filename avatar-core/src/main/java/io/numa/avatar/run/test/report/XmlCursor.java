package io.numa.avatar.run.test.report;

import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.numa.avatar.run.test.report.mend.MendedXml;
import io.numa.avatar.run.test.report.mend.TolerantDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The elements of an XML file, one after the other. Faults that {@link MendedXml} mends do not end
 * it; others do. Not thread-safe.
 */
final class XmlCursor implements AutoCloseable {
  private static final int MAX_DEPTH = 200;

  /** Reads the current element, to its end. */
  @FunctionalInterface
  interface Reading {
    void read(String name) throws XMLStreamException;
  }

  private final MendedXml text;
  private final XMLStreamReader xml;
  private int depth;

  private XmlCursor(MendedXml text) throws XMLStreamException {
    this.text = text;
    this.xml = factory().createXMLStreamReader(text);
  }

  static XmlCursor open(InputStream in) throws IOException, XMLStreamException {
    var cursor = new XmlCursor(new MendedXml(TolerantDecoder.of(in)));
    cursor.next();
    return cursor;
  }

  /**
   * The JDK's own parser, which loads no files, expands no entities, and hands out long sections in
   * pieces.
   */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty("jdk.xml.cdataChunkSize", 1 << 13);
    return factory;
  }

  /** Goes to the next element in the current one; false at the end of the current one. */
  boolean nextChild() throws XMLStreamException {
    int event = next();
    while (event != START_ELEMENT && event != END_ELEMENT) {
      event = next();
    }
    return event == START_ELEMENT;
  }

  /** Lets {@code reading} read each element in the current one, and goes to its end. */
  void children(Reading reading) throws XMLStreamException {
    while (nextChild()) {
      reading.read(name());
    }
  }

  String name() {
    return xml.getLocalName();
  }

  /** Goes to the end of the current element. */
  void leave() throws XMLStreamException {
    for (int outside = depth - 1; depth > outside; ) {
      next();
    }
  }

  /**
   * Goes to the end of the current element, and returns its text; more than {@code chars}
   * characters if that is only its beginning.
   */
  String text(int chars) throws XMLStreamException {
    var result = new StringBuilder();
    for (int outside = depth - 1; depth > outside; ) {
      next();
      if (xml.hasText() && result.length() <= chars) {
        result.append(xml.getText());
      }
    }
    return strip(result.toString(), chars);
  }

  /** The value of an attribute of the current element; empty without it. */
  String attribute(String name) {
    String value = Optional.ofNullable(xml.getAttributeValue(null, name)).orElse("");
    return strip(value, Texts.MAX_READ_CHARS);
  }

  /**
   * Strips a text unless it is longer, and so may end within a secret: from its length, {@link
   * Texts} knows that.
   */
  private static String strip(String text, int chars) {
    return text.length() <= chars ? text.strip() : text;
  }

  /** The attribute as a number; 0 if it is none. */
  int number(String name) {
    String value = attribute(name);
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
  }

  /** The line of the current element's start tag. */
  int line() {
    return xml.getLocation().getLineNumber();
  }

  /** Where and why the file cannot be read on after {@code failure}. */
  Fault fault(XMLStreamException failure) {
    Location place = failure.getLocation() == null ? xml.getLocation() : failure.getLocation();
    boolean cut =
        text.ended() && place.getCharacterOffset() >= text.length() - MendedXml.END.length();
    return new Fault(
        place.getLineNumber(), cut ? "the end of the file is missing" : reason(failure));
  }

  /** The parser's message has its position, too. */
  private static String reason(XMLStreamException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.substring(message.lastIndexOf("Message: ") + 1).replaceFirst("^essage: ", "");
  }

  private int next() throws XMLStreamException {
    int event = xml.next();
    if (event == START_ELEMENT && ++depth > MAX_DEPTH) {
      throw new XMLStreamException("its elements are nested too deeply");
    }
    if (event == END_ELEMENT) {
      depth--;
    }
    return event;
  }

  @Override
  public void close() throws XMLStreamException {
    xml.close();
  }
}
