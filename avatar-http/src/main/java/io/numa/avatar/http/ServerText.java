package io.numa.avatar.http;

import io.numa.avatar.run.secret.Redacted;

/** Makes a server's text safe to show in a message. */
public final class ServerText {
  private ServerText() {}

  /** Puts a text on one line. */
  public static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** A colon and the beginning of a text, on one line; empty if the text is blank. */
  public static String excerpt(Redacted text, int limit) {
    Redacted line = text.line();
    return line.isEmpty() ? "" : ": " + line.shortened(limit);
  }
}
