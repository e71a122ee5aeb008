package io.numa.avatar.run.test.report;

import java.util.HashMap;
import java.util.Map;

/** Reads a JSON object on one line whose members are strings, numbers or words. */
final class FlatJson {
  private final String text;
  private int position;

  private FlatJson(String text) {
    this.text = text;
  }

  /** The members; empty if {@code line} is no such object. */
  static Map<String, String> members(String line) {
    try {
      return new FlatJson(line).object();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Map.of();
    }
  }

  private Map<String, String> object() {
    var members = new HashMap<String, String>();
    expect('{');
    while (peek() != '}') {
      String name = string();
      expect(':');
      members.put(name, peek() == '"' ? string() : word());
      if (peek() == ',') {
        position++;
      }
    }
    return members;
  }

  private char peek() {
    while (text.charAt(position) == ' ') {
      position++;
    }
    return text.charAt(position);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalArgumentException("no " + c);
    }
    position++;
  }

  private String word() {
    int start = position;
    while (",} ".indexOf(text.charAt(position)) < 0) {
      if ("[{\"".indexOf(text.charAt(position)) >= 0) {
        throw new IllegalArgumentException("no plain value");
      }
      position++;
    }
    return text.substring(start, position);
  }

  private String string() {
    expect('"');
    var value = new StringBuilder();
    for (char c = text.charAt(position++); c != '"'; c = text.charAt(position++)) {
      value.append(c == '\\' ? escaped() : c);
    }
    return value.toString();
  }

  private char escaped() {
    char c = text.charAt(position++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        position += 4;
        yield (char) Integer.parseInt(text.substring(position - 4, position), 16);
      }
      default -> c;
    };
  }
}
