package io.numa.avatar.git.internal.support;

import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from others fit for a message: hides secrets, limits its length, and keeps printable
 * characters only.
 */
public final class RemoteText {
  private static final int MAX_LINES = 30;
  private static final int MAX_LINE = 300;
  private static final int MAX_NAME = 100;

  private RemoteText() {}

  /** Several texts as lines, without empty and repeated lines. */
  public static String lines(Redactor redactor, @Nullable String... texts) {
    return Stream.of(texts)
        .flatMap(text -> text == null ? Stream.empty() : redactor.redact(text).lines())
        .map(line -> line(line, redactor, MAX_LINE))
        .filter(line -> !line.isEmpty())
        .distinct()
        .limit(MAX_LINES)
        .collect(Collectors.joining("\n"));
  }

  /** A name or subject as one short line. */
  public static String name(Redactor redactor, @Nullable String text) {
    return text == null ? "" : line(text, redactor, MAX_NAME);
  }

  /** Removes progress that overwrites itself, colours, and bidirectional control characters. */
  private static String line(String text, Redactor redactor, int limit) {
    return Redacted.of(text, redactor).changed(RemoteText::plain).shortened(limit).toString();
  }

  private static String plain(String text) {
    return text.replaceAll("\\e\\[[0-9;?]*[ -/]*[@-~]", "")
        .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}]+", " ")
        .strip();
  }
}
