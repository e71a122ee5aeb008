package io.numa.avatar.run;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the scripts in the text of a {@code package.json}. It is no JSON parser: of well-formed
 * JSON it finds what a parser would, and of anything else something or nothing.
 */
final class PackageScripts {
  private static final String OPENING = "{[";
  private static final String CLOSING = "}]";

  private final String json;
  private final Map<String, String> scripts = new HashMap<>();
  private int at;

  private PackageScripts(String json) {
    this.json = json;
  }

  /** Gives the text values of the object {@code scripts} at the top, by their names. */
  static Map<String, String> in(String json) {
    var scanner = new PackageScripts(json);
    scanner.scan();
    return Map.copyOf(scanner.scripts);
  }

  /** Walks from string to string, and keeps track of how deep it is and under which keys. */
  private void scan() {
    int depth = 0;
    boolean inScripts = false;
    var key = "";
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        var text = string();
        if (isKey()) {
          key = text;
        } else if (depth == 2 && inScripts) {
          scripts.put(key, text);
        }
        continue;
      }
      if (OPENING.indexOf(c) >= 0) {
        depth++;
        if (depth == 2) {
          inScripts = c == '{' && key.equals("scripts");
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
