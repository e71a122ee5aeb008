package io.numa.avatar.port.money;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;

/** Nothing more may be spent for now. It is of kind {@code AGENT_BUDGET}. */
public final class BudgetReachedException extends PortException {
  private static final long serialVersionUID = 1;

  public BudgetReachedException(UsedBudget used) {
    super(FailureKind.AGENT_BUDGET, used.text() + "; agents work again from " + used.until());
  }
}
