package io.numa.avatar.git.internal.support;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from others fit for a message: limits its length, and keeps printable characters only.
 */
public final class RemoteText {
  private static final int MAX_LINES = 30;
  private static final int MAX_LINE = 300;
  private static final int MAX_NAME = 100;

  private RemoteText() {}

  /** Several texts as lines, without empty and repeated lines. */
  public static String lines(@Nullable String... texts) {
    return Stream.of(texts)
        .flatMap(text -> text == null ? Stream.empty() : text.lines())
        .map(line -> line(line, MAX_LINE))
        .filter(line -> !line.isEmpty())
        .distinct()
        .limit(MAX_LINES)
        .collect(Collectors.joining("\n"));
  }

  /** A name or subject as one short line. */
  public static String name(@Nullable String text) {
    return text == null ? "" : line(text, MAX_NAME);
  }

  /** Removes progress that overwrites itself, colours, and bidirectional control characters. */
  private static String line(String text, int limit) {
    String plain =
        text.replaceAll("\\e\\[[0-9;?]*[ -/]*[@-~]", "")
            .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}]+", " ")
            .strip();
    return plain.length() <= limit ? plain : plain.substring(0, limit) + "…";
  }
}
