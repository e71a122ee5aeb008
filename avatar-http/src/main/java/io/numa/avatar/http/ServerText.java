package io.numa.avatar.http;

import io.numa.avatar.port.Secret;

/** Makes a server's text safe to show in a message. */
public final class ServerText {
  private ServerText() {}

  /** Replaces a secret that the server has repeated. */
  public static String hide(Secret secret, String text) {
    return text.replace(secret.reveal(), "***");
  }

  /** Puts a text on one line. */
  public static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** A colon and the beginning of a text, on one line; empty if the text is blank. */
  public static String excerpt(String text, int limit) {
    String line = printable(text).strip();
    if (line.isEmpty()) {
      return "";
    }
    return ": " + (line.length() > limit ? line.substring(0, limit) + "…" : line);
  }
}
