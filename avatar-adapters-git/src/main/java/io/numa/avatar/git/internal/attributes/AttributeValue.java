package io.numa.avatar.git.internal.attributes;

/**
 * The state that a line of {@code .gitattributes} gives to an attribute.
 *
 * @param text the text after the equals sign; empty for the other kinds
 */
record AttributeValue(Kind kind, String text) {
  static final AttributeValue SET = new AttributeValue(Kind.SET, "");
  static final AttributeValue UNSET = new AttributeValue(Kind.UNSET, "");

  /** As if no line named the attribute. */
  static final AttributeValue UNSPECIFIED = new AttributeValue(Kind.UNSPECIFIED, "");

  /** The kinds of states. */
  enum Kind {
    SET,
    UNSET,
    UNSPECIFIED,
    TEXT
  }

  static AttributeValue of(String text) {
    return new AttributeValue(Kind.TEXT, text);
  }

  boolean is(String other) {
    return kind == Kind.TEXT && text.equals(other);
  }
}
