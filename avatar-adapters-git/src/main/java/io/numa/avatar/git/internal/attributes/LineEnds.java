package io.numa.avatar.git.internal.attributes;

import io.numa.avatar.git.internal.attributes.AttributeValue.Kind;
import java.util.Map;

/** What the attributes {@code text}, {@code crlf} and {@code eol} say about a file's line ends. */
enum LineEnds {
  /** Never converted, as without any attribute on Linux. */
  AS_IS,

  /** A text with LF in the tree. */
  LF,

  /** A text with CR LF in the tree. */
  CRLF,

  /** With LF, as on Linux, in the tree, if it is a text by its content. */
  AUTO,

  /** As {@link #AUTO}; the attribute {@code eol} says so. */
  AUTO_LF,

  /** With CR LF in the tree, if it is a text by its content. */
  AUTO_CRLF;

  /** Decides as Git does on Linux without any configuration (convert.c, {@code convert_attrs}). */
  static LineEnds of(Map<String, AttributeValue> attributes) {
    AttributeValue text = attributes.getOrDefault("text", AttributeValue.UNSPECIFIED);
    if (!isDecisive(text)) {
      text = attributes.getOrDefault("crlf", AttributeValue.UNSPECIFIED);
    }
    AttributeValue eol = attributes.getOrDefault("eol", AttributeValue.UNSPECIFIED);
    if (text.kind() == Kind.UNSET) {
      return AS_IS;
    }
    if (text.is("auto")) {
      return eol.is("crlf") ? AUTO_CRLF : eol.is("lf") ? AUTO_LF : AUTO;
    }
    if (eol.is("crlf")) {
      return CRLF;
    }
    return isDecisive(text) || eol.is("lf") ? LF : AS_IS;
  }

  private static boolean isDecisive(AttributeValue text) {
    return text.kind() == Kind.SET
        || text.kind() == Kind.UNSET
        || text.is("input")
        || text.is("auto");
  }
}
