package io.numa.avatar.cli.wiring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of this machine. Programs in sandboxes see all of it, also where the avatar may use
 * only a part.
 */
final class MachineMemory {
  private static final long GIB = 1L << 30;
  private static final Pattern TOTAL = Pattern.compile("MemTotal: +(\\d{1,15}) kB");

  private MachineMemory() {}

  /** The limit of sandboxes for which none is configured, in bytes. */
  static long usualLimit() {
    try {
      return usualLimit(Files.readAllLines(Path.of("/proc/meminfo"), US_ASCII));
    } catch (IOException e) {
      return 4 * GIB;
    }
  }

  /**
   * A JVM uses a quarter of the memory for its heap by default, and needs some more beside it. With
   * less, it breaks where it would have collected garbage.
   */
  static long usualLimit(List<String> information) {
    long total =
        information.stream()
            .map(TOTAL::matcher)
            .filter(Matcher::matches)
            .mapToLong(line -> Long.parseLong(line.group(1)) * 1024)
            .findFirst()
            .orElse(0);
    return Math.max(4 * GIB, total / 4 + GIB);
  }
}
