package io.numa.avatar.run.test.report;

import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;

/** Shortens texts of reports and of output, without secrets and pieces of secrets. */
record Texts(Redactor redactor) {
  /** So many characters of a text are read; of a longer text, only the beginning is known. */
  static final int MAX_READ_CHARS = 4_000;

  private static final int MAX_MESSAGE_CHARS = 2_000;
  private static final int MAX_BRIEF_CHARS = 200;
  private static final int MAX_NAME_CHARS = 500;
  private static final int MAX_LINE_CHARS = 300;

  String message(String text) {
    return redacted(text).shortened(MAX_MESSAGE_CHARS).toString();
  }

  /** Shortens a message further. */
  String brief(String message) {
    return redacted(message).shortened(MAX_BRIEF_CHARS).toString();
  }

  /** A long name keeps a number at its end, so that different names stay different. */
  String name(String text) {
    String name = redacted(text).toString();
    return name.length() <= MAX_NAME_CHARS
        ? name
        : redacted(text).shortened(MAX_NAME_CHARS) + " #" + Integer.toHexString(name.hashCode());
  }

  /** A sentence about a report, which may name its file. */
  String sentence(String text) {
    return redacted(text).line().shortened(MAX_BRIEF_CHARS).toString();
  }

  String outputLine(String line) {
    return redacted(line).shortened(MAX_LINE_CHARS).toString();
  }

  private Redacted redacted(String text) {
    return text.length() <= MAX_READ_CHARS
        ? Redacted.of(text, redactor)
        : Redacted.ofBeginning(text, redactor);
  }
}
