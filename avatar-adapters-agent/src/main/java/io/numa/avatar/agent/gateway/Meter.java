package io.numa.avatar.agent.gateway;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what a session uses, and lets requests through while its bounds allow. Safe for use by
 * several threads.
 *
 * <p>A request waits for running ones if all of them together could pass a bound. So one answer may
 * pass a bound, and never a second one, however many requests an agent sends at a time.
 */
final class Meter {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Permit> running = new ArrayList<>();
  private AgentUsage used = AgentUsage.NONE;
  private Bounds bounds = new Bounds(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

  /** The bounds of a session; empty ones bound nothing. */
  record Bounds(OptionalLong turns, OptionalLong tokens, Optional<BigDecimal> cost) {
    /** The bound that is reached, if one is. */
    Optional<AgentLimit> reachedBy(AgentUsage usage) {
      if (turns.isPresent() && usage.turns() >= turns.getAsLong()) {
        return Optional.of(AgentLimit.TURNS);
      }
      if (tokens.isPresent() && usage.tokens() >= tokens.getAsLong()) {
        return Optional.of(AgentLimit.TOKENS);
      }
      return cost.filter(most -> usage.cost().compareTo(most) >= 0).map(most -> AgentLimit.COST);
    }

    boolean allow(AgentUsage usage) {
      return (turns.isEmpty() || usage.turns() <= turns.getAsLong())
          && (tokens.isEmpty() || usage.tokens() <= tokens.getAsLong())
          && cost.filter(most -> usage.cost().compareTo(most) > 0).isEmpty();
    }
  }

  /** A request that is let through, until it is settled. */
  static final class Permit {
    private final AgentUsage estimate;
    private AgentUsage soFar = AgentUsage.NONE;

    private Permit(AgentUsage estimate) {
      this.estimate = estimate;
    }
  }

  /** A bound is reached. */
  static final class BoundReachedException extends Exception {
    private static final long serialVersionUID = 1;

    private final AgentLimit limit;

    BoundReachedException(AgentLimit limit) {
      super(limit.name());
      this.limit = limit;
    }

    AgentLimit limit() {
      return limit;
    }
  }

  void bind(Bounds newBounds) {
    lock.lock();
    try {
      bounds = newBounds;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Bounds bounds() {
    lock.lock();
    try {
      return bounds;
    } finally {
      lock.unlock();
    }
  }

  /** What is used, with what running answers have stated so far. */
  AgentUsage used() {
    lock.lock();
    try {
      AgentUsage sum = used;
      for (Permit each : running) {
        sum = sum.plus(each.soFar);
      }
      return sum;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a request to the model, before it is let through or refused. */
  void countRequest() {
    lock.lock();
    try {
      used = used.plus(new AgentUsage(0, 0, 1, 0, 0, 0, 0, BigDecimal.ZERO));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a request through. Waits while running requests decide whether there is room for it.
   *
   * @param estimate the most that it may use
   * @throws BoundReachedException if what has been used reaches a bound
   */
  Permit admit(AgentUsage estimate) throws BoundReachedException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Optional<AgentLimit> reached = bounds.reachedBy(used());
        if (reached.isPresent()) {
          throw new BoundReachedException(reached.get());
        }
        if (running.isEmpty() || bounds.allow(usedWith(estimate))) {
          var permit = new Permit(estimate);
          running.add(permit);
          return permit;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private AgentUsage usedWith(AgentUsage estimate) {
    AgentUsage sum = used.plus(estimate);
    for (Permit each : running) {
      sum = sum.plus(each.estimate);
    }
    return sum;
  }

  /** Notes what an answer has used until now, in place of what was noted of it before. */
  void note(Permit permit, AgentUsage soFar) {
    lock.lock();
    try {
      permit.soFar = soFar;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a request; what was last noted of it counts. */
  void settle(Permit permit) {
    lock.lock();
    try {
      if (running.remove(permit)) {
        used = used.plus(permit.soFar);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
