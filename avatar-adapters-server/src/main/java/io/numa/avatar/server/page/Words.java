package io.numa.avatar.server.page;

import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.task.Stage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts values into words of a language. */
final class Words {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final List<String> SIZES = List.of("B", "kB", "MB", "GB", "TB");

  private final Texts texts;
  private final Instant now;

  Words(Texts texts, Clock clock) {
    this.texts = texts;
    this.now = clock.instant();
  }

  Texts texts() {
    return texts;
  }

  String of(String key, Object... values) {
    return texts.of(key, values);
  }

  Moment moment(Instant time) {
    Duration since = Duration.between(time, now);
    String ago =
        since.abs().toSeconds() < 2
            ? of("just_now")
            : of(since.isNegative() ? "in_time" : "ago", parts(since.abs(), 1));
    return new Moment(time.toString(), EXACT.format(time), ago);
  }

  Optional<Moment> moment(Optional<Instant> time) {
    return time.map(this::moment);
  }

  /** How long it took, such as "3 min 12 s". */
  String duration(Duration time) {
    return time.toMillis() < 1000
        ? Math.max(0, time.toMillis()) + space() + of("unit_ms")
        : parts(time, 2);
  }

  /** How long it is since then. */
  String elapsed(Instant start) {
    return parts(Duration.between(start, now), 2);
  }

  Instant now() {
    return now;
  }

  private String parts(Duration time, int most) {
    long[] numbers = {
      time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart()
    };
    String[] units = {"unit_d", "unit_h", "unit_min", "unit_s"};
    int first = 0;
    while (first < 3 && numbers[first] <= 0) {
      first++;
    }
    var parts = new ArrayList<String>();
    for (int i = first; i < Math.min(4, first + most); i++) {
      if (i == first || numbers[i] > 0) {
        parts.add(Math.max(0, numbers[i]) + space() + of(units[i]));
      }
    }
    return String.join(space(), parts);
  }

  /** What is between a number and its unit, and between two of them. */
  String space() {
    return texts.language() == Language.CHINESE ? "" : " ";
  }

  /** A number of bytes, such as "1.2 MB", that stays on one line. */
  static String size(long bytes) {
    double number = bytes;
    int unit = 0;
    while (number >= 1000 && unit < SIZES.size() - 1) {
      number /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT,
        number < 10 && unit > 0 ? "%.1f\u00a0%s" : "%.0f\u00a0%s",
        number,
        SIZES.get(unit));
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** An amount of money, whose currency the configuration does not name. */
  static String cost(BigDecimal cost) {
    return cost.setScale(cost.abs().compareTo(BigDecimal.ONE) < 0 ? 4 : 2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  String stage(Stage stage) {
    return of("stage_" + stage.word());
  }

  String outcome(OutcomeWord outcome) {
    return of("outcome_" + outcome.word());
  }
}
