package io.numa.avatar.cli.console;

import java.util.Locale;

/** Formats counts of bytes for people. */
public final class Bytes {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Bytes() {}

  /** Such as {@code 12.3 MB}. */
  public static String text(long count) {
    double value = count;
    int unit = 0;
    // From 999.95 on, a value is rounded to four digits.
    while (value >= (unit == 0 ? 1000 : 999.95) && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }
}
