package io.numa.avatar.agent.gateway;

import io.numa.avatar.agent.gateway.internal.dialect.Dialect;
import io.numa.avatar.agent.gateway.internal.dialect.UsageReader;
import io.numa.avatar.agent.settings.ModelPrice;
import io.numa.avatar.port.money.ModelBudget;
import io.numa.avatar.task.agent.AgentUsage;
import java.util.Optional;

/** Counts one answer of a model while it passes. Not thread-safe. */
final class AnswerCount {
  private final Meter meter;
  private final Meter.Permit permit;
  private final ModelBudget.Answer account;
  private final Optional<ModelPrice> price;
  private final UsageReader reader;
  private boolean begun;
  private AgentUsage noted = AgentUsage.NONE;

  /**
   * @param permit of the session's own bounds
   * @param account of the avatar's budget
   */
  AnswerCount(
      Meter meter,
      Meter.Permit permit,
      ModelBudget.Answer account,
      Dialect dialect,
      Optional<ModelPrice> price) {
    this.meter = meter;
    this.permit = permit;
    this.account = account;
    this.price = price;
    this.reader = new UsageReader(dialect);
  }

  /** The host has begun to answer. This counts as a turn, also if the answer breaks off. */
  void begin() {
    begun = true;
    noteChange();
  }

  /**
   * Counts a piece. Called before the agent gets it, so that it is counted when the turn ends.
   *
   * @return whether the piece states tokens that were not stated before
   */
  boolean accept(byte[] bytes, int length) {
    reader.accept(bytes, 0, length);
    return noteChange();
  }

  private boolean noteChange() {
    AgentUsage usage = usage();
    if (usage.equals(noted)) {
      return false;
    }
    noted = usage;
    meter.note(permit, usage);
    account.used(usage);
    return true;
  }

  boolean begun() {
    return begun;
  }

  /** Whether the answer has stated any tokens. */
  boolean stated() {
    return reader.count().stated();
  }

  AgentUsage usage() {
    return begun ? reader.count().usage(price) : AgentUsage.NONE;
  }

  /** Lets other requests use what this one did not. Further calls do nothing. */
  void end() {
    meter.settle(permit);
    account.close();
  }
}
