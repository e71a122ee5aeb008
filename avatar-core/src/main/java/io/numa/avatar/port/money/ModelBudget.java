package io.numa.avatar.port.money;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Keeps account of what all agents of an avatar spend, and lets them ask their models while its
 * budget allows. Safe for use by several threads.
 */
public interface ModelBudget {
  /** No budget, and no account. */
  ModelBudget NONE =
      new ModelBudget() {
        @Override
        public boolean isLimited() {
          return false;
        }

        @Override
        public Optional<UsedBudget> usedUp() {
          return Optional.empty();
        }

        @Override
        public Answer admit(Payer payer, BigDecimal most) {
          return Answer.UNCOUNTED;
        }
      };

  /** Whether there is a budget. Each model needs a price then. */
  boolean isLimited();

  /**
   * The budget that is used up now; empty if agents may ask their models. Of several, the one that
   * lasts longest.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if the account cannot be read
   */
  Optional<UsedBudget> usedUp();

  /**
   * Lets a request to a model through. Waits for the answers to other requests while all of them
   * together could pass the budget. So one answer may pass it, and never a second one.
   *
   * @param most the most that the answer may cost
   * @throws BudgetReachedException if the budget is used up
   * @throws PortException of kind {@code UNAVAILABLE} if the account cannot be read
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  Answer admit(Payer payer, BigDecimal most) throws InterruptedException;

  /** The answer to a request that was let through. The caller must close it. */
  interface Answer extends AutoCloseable {
    /** An answer that no account is kept of. */
    Answer UNCOUNTED =
        new Answer() {
          @Override
          public void used(AgentUsage soFar) {}

          @Override
          public void close() {}
        };

    /**
     * Notes what the answer has used so far, in place of what was noted of it before. The account
     * survives the end of the process when this returns. Does not throw if the account cannot be
     * written: it is tried again with the next note.
     */
    void used(AgentUsage soFar);

    /** Ends the answer. Lets other requests use what this one did not. May be repeated. */
    @Override
    void close();
  }
}
