package io.numa.avatar.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Pattern;

/** A task's id, as the backend spells it; opaque. */
public record TaskId(String value) {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]");

  public TaskId {
    Ids.require("task id", value);
  }

  /**
   * A name for a file or folder of this task: one path segment, different for different ids, with
   * all but letters, digits, {@code _} and {@code -} as {@code %XX} of their UTF-8 bytes.
   */
  public String fileName() {
    return UNSAFE.matcher(value).replaceAll(match -> percentEncoded(match.group()));
  }

  private static String percentEncoded(String text) {
    var encoded = new StringBuilder();
    for (byte unit : text.getBytes(UTF_8)) {
      encoded.append(String.format(Locale.ROOT, "%%%02X", unit));
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}
