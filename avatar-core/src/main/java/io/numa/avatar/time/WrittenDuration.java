package io.numa.avatar.time;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as operators write them: {@code 5}, {@code 1.5}, {@code 90s}, {@code 5m}. */
public final class WrittenDuration {
  /** The form, in a pattern that JSON Schema understands, too. */
  public static final String FORM = "^\\s*([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*(ms|s|m|h|d)?\\s*$";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  private WrittenDuration() {}

  /** Reads a duration. A number without unit is seconds. Fractions of a millisecond are dropped. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Unit unit = Optional.ofNullable(matcher.group(2)).map(Unit::of).orElse(Unit.S);
    BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.millis));
    return Optional.of(Duration.ofMillis(millis.longValue()));
  }

  /** Writes a duration in the longest unit that it is a multiple of. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    return Arrays.stream(Unit.values())
        .filter(unit -> millis != 0 && millis % unit.millis == 0)
        .findFirst()
        .map(unit -> millis / unit.millis + unit.sign())
        .orElse("0s");
  }

  /** The units as they are written, the longest first. */
  private enum Unit {
    D(86_400_000),
    H(3_600_000),
    M(60_000),
    S(1_000),
    MS(1);

    private final long millis;

    Unit(long millis) {
      this.millis = millis;
    }

    static Unit of(String sign) {
      return valueOf(sign.toUpperCase(Locale.ROOT));
    }

    String sign() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
