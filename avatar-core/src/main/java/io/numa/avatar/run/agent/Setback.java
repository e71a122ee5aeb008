package io.numa.avatar.run.agent;

import io.numa.avatar.port.repository.StagedChange;
import java.util.Optional;
import java.util.Set;

/**
 * Why a change may not be committed, as an agent is told of it.
 *
 * @param brief what failed, with all that helps to repair it
 * @param signature equal for the same failures
 * @param staged the change whose tests failed; empty if no tests have run on it
 */
public record Setback(String brief, Set<String> signature, Optional<StagedChange> staged) {
  /** Nothing was changed. */
  public static final Setback NO_CHANGES =
      new Setback("Nothing was changed in the working tree.", Set.of(), Optional.empty());

  public Setback {
    signature = Set.copyOf(signature);
  }
}
