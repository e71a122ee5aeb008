package io.numa.avatar.agent.turn;

/** Shortens texts between words, because half a secret is not recognised by who redacts it. */
public final class Cuts {
  private Cuts() {}

  /** The begin of a text, at most {@code max} characters. */
  public static String begin(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max;
    while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** The end of a text, at most {@code max} characters. */
  public static String end(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int begin = text.length() - max;
    while (begin < text.length() && !Character.isWhitespace(text.charAt(begin - 1))) {
      begin++;
    }
    return text.substring(begin);
  }
}
