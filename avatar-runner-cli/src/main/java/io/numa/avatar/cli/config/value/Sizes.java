package io.numa.avatar.cli.config.value;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 4096}, {@code 100MiB}, {@code 1GB}. */
final class Sizes {
  /** The form, in a pattern that JSON Schema understands, too. */
  static final String FORM = "^\\s*([1-9][0-9]{0,12})\\s*([KMGT]i?B|B)?\\s*$";

  private static final Pattern PATTERN = Pattern.compile(FORM);
  private static final String PREFIXES = "KMGT";

  private Sizes() {}

  /**
   * Reads a size; a number without unit is bytes, {@code MiB} counts by 1024, {@code MB} by 1000.
   */
  static Optional<Long> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = Optional.ofNullable(matcher.group(2)).orElse("B");
    int steps = PREFIXES.indexOf(unit.charAt(0)) + 1;
    var size =
        new BigInteger(matcher.group(1))
            .multiply(BigInteger.valueOf(unit.length() == 3 ? 1024 : 1000).pow(steps));
    return size.bitLength() < Long.SIZE ? Optional.of(size.longValue()) : Optional.empty();
  }

  /** Writes a size in the largest unit, counted by 1024, that it is a multiple of. */
  static String format(long size) {
    List<String> units = List.of("B", "KiB", "MiB", "GiB", "TiB");
    long rest = size;
    int unit = 0;
    while (unit < units.size() - 1 && rest % 1024 == 0) {
      rest /= 1024;
      unit++;
    }
    return rest + units.get(unit);
  }
}
