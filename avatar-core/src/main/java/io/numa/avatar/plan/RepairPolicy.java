package io.numa.avatar.plan;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a coding agent gets the failures of tests and guards back.
 *
 * @param repairs how often at most; if empty, the configuration says
 * @param agent the operator's name for the agent that repairs what steps without an agent broke; if
 *     empty, only an agent that has worked repairs
 */
public record RepairPolicy(OptionalInt repairs, Optional<String> agent) {
  public static final RepairPolicy UNSAID = new RepairPolicy(OptionalInt.empty(), Optional.empty());

  /** A copy of this policy whose empty parts are taken from {@code other}. */
  public RepairPolicy or(RepairPolicy other) {
    return new RepairPolicy(repairs.isPresent() ? repairs : other.repairs, agent.or(other::agent));
  }
}
