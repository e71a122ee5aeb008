package io.numa.avatar.process.sandbox.watch;

import java.util.List;

/** Sizes as people write them in the configuration. */
final class SizeText {
  private static final List<String> UNITS = List.of(" bytes", "KiB", "MiB", "GiB", "TiB");
  private static final int STEP = 1024;

  private SizeText() {}

  /** The exact size, in the largest unit that has no fraction, such as {@code 10GiB}. */
  static String of(long bytes) {
    long number = bytes;
    int unit = 0;
    while (number > 0 && number % STEP == 0 && unit < UNITS.size() - 1) {
      number /= STEP;
      unit++;
    }
    return number + UNITS.get(unit);
  }
}
