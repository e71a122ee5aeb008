package io.numa.avatar.backend.project;

import static com.fasterxml.jackson.core.JsonToken.FIELD_NAME;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the sections of a {@code package.json}, such as {@code scripts}. */
final class PackageJson {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Accepts what JavaScript tools accept, and what they write by mistake. */
  private static final JsonFactory LENIENT =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private PackageJson() {}

  /**
   * Returns the objects at the top, by name, each as its text values by name. If the text is not
   * valid JSON, returns the part before the error.
   */
  static Map<String, Map<String, String>> sections(String json) {
    var sections = new HashMap<String, Map<String, String>>();
    String text = json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json;
    try (JsonParser parser = LENIENT.createParser(text)) {
      readSections(parser, sections);
    } catch (IOException e) {
      // npm reports the error when it runs the tests.
      return sections;
    }
    return sections;
  }

  private static void readSections(JsonParser parser, Map<String, Map<String, String>> sections)
      throws IOException {
    if (parser.nextToken() != START_OBJECT) {
      return;
    }
    while (parser.nextToken() == FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == START_OBJECT) {
        var section = new HashMap<String, String>();
        sections.put(name, section);
        readTexts(parser, section);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void readTexts(JsonParser parser, Map<String, String> section) throws IOException {
    while (parser.nextToken() == FIELD_NAME) {
      String key = parser.currentName();
      if (parser.nextToken() == VALUE_STRING) {
        section.put(key, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
  }
}
