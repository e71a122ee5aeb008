package io.numa.avatar.run.budget;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What all agents of an avatar may spend, in the currency of the configured prices.
 *
 * @param day in a calendar day
 * @param month in a calendar month
 */
public record BudgetLimits(Optional<BigDecimal> day, Optional<BigDecimal> month) {
  /** No limits. */
  public static final BudgetLimits NONE = new BudgetLimits(Optional.empty(), Optional.empty());

  boolean areThere() {
    return day.isPresent() || month.isPresent();
  }
}
