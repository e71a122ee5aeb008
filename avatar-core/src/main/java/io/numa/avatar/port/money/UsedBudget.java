package io.numa.avatar.port.money;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A budget that is used up.
 *
 * @param begin the first day of the period that it is for
 * @param limit the budget, in the currency of the configured prices
 * @param spent what was spent in the period, at least {@code limit}
 * @param until when the next period begins
 */
public record UsedBudget(
    Period period, LocalDate begin, BigDecimal limit, BigDecimal spent, Instant until) {
  /** What a budget is for. */
  public enum Period {
    DAY,
    MONTH;

    /** The word in lower case, as commands and documents spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Such as {@code the budget of 50 for the day is used up (50.12 spent)}. */
  public String text() {
    return "the budget of "
        + plain(limit)
        + " for the "
        + period.word()
        + " is used up ("
        + plain(spent)
        + " spent)";
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }
}
