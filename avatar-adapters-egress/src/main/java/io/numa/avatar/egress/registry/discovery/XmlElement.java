package io.numa.avatar.egress.registry.discovery;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a settings file, with what it holds. */
record XmlElement(String name, int line, String text, List<XmlElement> children) {
  private static final int MAX_DEPTH = 50;

  /** Reads the whole document by the JDK's own parser, without DTDs, entities and other files. */
  static XmlElement read(byte[] document) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(document));
    xml.nextTag();
    XmlElement root = read(xml, 0);
    while (xml.hasNext()) {
      xml.next();
    }
    return root;
  }

  private static XmlElement read(XMLStreamReader xml, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new XMLStreamException("nested too deeply", xml.getLocation());
    }
    String name = xml.getLocalName();
    int line = xml.getLocation().getLineNumber();
    var text = new StringBuilder();
    var children = new ArrayList<XmlElement>();
    for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        children.add(read(xml, depth + 1));
      } else if (xml.isCharacters()) {
        text.append(xml.getText());
      }
    }
    return new XmlElement(name, line, text.toString().strip(), List.copyOf(children));
  }

  /** The elements at a path of names below this one. */
  Stream<XmlElement> all(String... path) {
    Stream<XmlElement> found = Stream.of(this);
    for (String step : path) {
      found = found.flatMap(e -> e.children.stream()).filter(e -> e.name.equals(step));
    }
    return found;
  }

  Optional<XmlElement> child(String child) {
    return all(child).findFirst();
  }

  /** The text of a child; empty text without one. */
  String textOf(String child) {
    return child(child).map(XmlElement::text).orElse("");
  }
}
