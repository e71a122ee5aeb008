package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The lines of a text in JSON or YAML on which its values begin. */
public final class ValueLines {
  private final Map<String, Integer> lines = new HashMap<>();

  private ValueLines() {}

  /** Reads a text, as far as it can be parsed. */
  public static ValueLines of(String text) {
    var found = new ValueLines();
    try (JsonParser parser = ParsedText.parser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (!token.isStructEnd()) {
          String place = parser.getParsingContext().pathAsPointer().toString();
          found.lines.putIfAbsent(place, parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException e) {
      return found; // the lines up to there are known
    }
    return found;
  }

  /**
   * The line of a value, or else of the nearest value around it; from 1.
   *
   * @param pointer a JSON pointer
   */
  public int of(JsonPointer pointer) {
    for (JsonPointer place = pointer; place != null; place = place.head()) {
      Integer line = lines.get(place.toString());
      if (line != null) {
        return line;
      }
    }
    return 1;
  }
}
