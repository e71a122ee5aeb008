package io.numa.avatar.run;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the sections in the text of a {@code package.json}, such as {@code scripts}. It is no JSON
 * parser: of well-formed JSON it finds what a parser would, and of anything else something or
 * nothing.
 */
final class PackageJson {
  private static final String OPENING = "{[";
  private static final String CLOSING = "}]";

  private final String json;
  private final Map<String, Map<String, String>> sections = new HashMap<>();
  private int at;

  private PackageJson(String json) {
    this.json = json;
  }

  /** Gives the objects at the top by their names, of each its text values by theirs. */
  static Map<String, Map<String, String>> sections(String json) {
    var scanner = new PackageJson(json);
    scanner.scan();
    return Map.copyOf(scanner.sections);
  }

  /** Walks from string to string, and keeps track of how deep it is and under which keys. */
  private void scan() {
    int depth = 0;
    Map<String, String> section = new HashMap<>();
    var key = "";
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        var text = string();
        if (isKey()) {
          key = text;
        } else if (depth == 2) {
          section.put(key, text);
        }
        continue;
      }
      if (OPENING.indexOf(c) >= 0) {
        depth++;
        if (depth == 2) {
          section = new HashMap<>();
          if (c == '{') {
            sections.put(key, section);
          }
        }
      } else if (CLOSING.indexOf(c) >= 0) {
        depth--;
      }
      at++;
    }
  }

  /** Whether a colon follows, behind white space. */
  private boolean isKey() {
    while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
      at++;
    }
    return at < json.length() && json.charAt(at) == ':';
  }

  /** Reads the string that begins here, and stops behind it. */
  private String string() {
    var text = new StringBuilder();
    at++;
    while (at < json.length() && json.charAt(at) != '"') {
      text.append(json.charAt(at) == '\\' ? escaped() : json.charAt(at));
      at++;
    }
    at++;
    return text.toString();
  }

  /** Reads the escape sequence that begins here, and stops at its last character. */
  private char escaped() {
    at++;
    char c = at < json.length() ? json.charAt(at) : '\\';
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> hexadecimal();
      default -> c;
    };
  }

  private char hexadecimal() {
    int end = at + 5;
    if (end > json.length()) {
      return '?';
    }
    try {
      char c = (char) Integer.parseInt(json, at + 1, end, 16);
      at = end - 1;
      return c;
    } catch (NumberFormatException e) {
      return '?';
    }
  }
}
