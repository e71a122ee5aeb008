package io.numa.avatar.run.test.report;

/** Shortens names and messages of tests. */
final class Texts {
  static final int MAX_MESSAGE_CHARS = 2_000;
  static final int MAX_BRIEF_CHARS = 200;
  static final int MAX_NAME_CHARS = 500;

  private Texts() {}

  static String message(String text) {
    return shortened(text, MAX_MESSAGE_CHARS);
  }

  static String brief(String text) {
    return shortened(text, MAX_BRIEF_CHARS);
  }

  /** A long name keeps a number at its end, so that different names stay different. */
  static String name(String text) {
    return text.length() <= MAX_NAME_CHARS
        ? text
        : shortened(text, MAX_NAME_CHARS) + " #" + Integer.toHexString(text.hashCode());
  }

  private static String shortened(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(chars - 1));
    return text.substring(0, splitsPair ? chars - 1 : chars) + "…";
  }
}
