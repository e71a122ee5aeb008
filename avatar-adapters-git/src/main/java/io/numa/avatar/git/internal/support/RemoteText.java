package io.numa.avatar.git.internal.support;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What others have written, made fit for a message: bounded, and of printable characters. */
public final class RemoteText {
  private static final int MAX_LINES = 30;
  private static final int MAX_LINE = 300;
  private static final int MAX_NAME = 100;

  private RemoteText() {}

  /** Several texts as lines, without empty ones, and each line once. */
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

  /** Progress that overwrites itself, colours and bidirectional tricks are not for messages. */
  private static String line(String text, int limit) {
    String plain =
        text.replaceAll("\\e\\[[0-9;?]*[ -/]*[@-~]", "")
            .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}]+", " ")
            .strip();
    return plain.length() <= limit ? plain : plain.substring(0, limit) + "…";
  }
}
