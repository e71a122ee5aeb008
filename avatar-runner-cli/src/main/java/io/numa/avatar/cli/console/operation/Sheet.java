package io.numa.avatar.cli.console.operation;

import io.numa.avatar.cli.console.Paint;
import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a text is made for.
 *
 * @param width the cells of a line; {@code Integer.MAX_VALUE} if the reader is a program
 * @param now the current time
 * @param zone of the times in the text
 */
public record Sheet(Paint paint, int width, Instant now, ZoneId zone) {
  /** Narrower terminals get lines that they wrap. */
  private static final int LEAST = 40;

  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter THIS_YEAR =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter BEFORE =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  public Sheet {
    width = Math.max(LEAST, width);
  }

  /** The time of a day, with the day if it is not today. */
  String time(Instant time) {
    ZonedDateTime then = time.atZone(zone);
    ZonedDateTime today = now.atZone(zone);
    if (then.toLocalDate().equals(today.toLocalDate())) {
      return TODAY.format(then);
    }
    return (then.getYear() == today.getYear() ? THIS_YEAR : BEFORE).format(then);
  }

  /** How long ago it was, such as {@code 4 min 05 s}. */
  String since(Instant time) {
    return duration(Duration.between(time, now));
  }

  /** How long it takes until then. */
  String until(Instant time) {
    return duration(Duration.between(now, time));
  }

  private static String duration(Duration duration) {
    return Durations.text(duration.isNegative() ? Duration.ZERO : duration);
  }

  /** A word for an outcome, in its colour. */
  String outcome(String word, String text) {
    return switch (word) {
      case "done", "passed" -> paint.green(text);
      case "failed" -> paint.red(text);
      case "unavailable", "cancelled", "dropped", "unknown" -> paint.yellow(text);
      case "waiting" -> paint.dim(text);
      default -> paint.bold(text);
    };
  }
}
