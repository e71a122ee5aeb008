package io.numa.avatar.task;

import java.util.regex.Pattern;

/** Checks ids of the backend: they are present, short, and without control characters. */
final class Ids {
  private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,200}");

  private Ids() {}

  static String require(String kind, String value) {
    if (!ID.matcher(value).matches() || value.isBlank()) {
      throw new IllegalArgumentException(
          "not a " + kind + " (1 to 200 printable characters): '" + value + "'");
    }
    return value;
  }
}
