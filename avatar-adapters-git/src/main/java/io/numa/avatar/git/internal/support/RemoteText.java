package io.numa.avatar.git.internal.support;

import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from others fit for a message: hides secrets, limits its length, and keeps characters
 * that people see.
 */
public final class RemoteText {
  private static final int MAX_LINES = 30;
  private static final int MAX_LINE = 300;
  private static final int MAX_NAME = 100;

  private RemoteText() {}

  /** Several texts as lines, without empty and repeated lines. */
  public static String lines(Redactor redactor, @Nullable String... texts) {
    return Stream.of(texts)
        .flatMap(
            text -> text == null ? Stream.empty() : Redacted.of(text, redactor).toString().lines())
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

  private static String line(String text, Redactor redactor, int limit) {
    return Redacted.of(text, redactor).line().shortened(limit).toString();
  }
}
