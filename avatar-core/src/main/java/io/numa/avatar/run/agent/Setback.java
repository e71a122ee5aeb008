package io.numa.avatar.run.agent;

import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.text.Sha256;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why a change may not be committed, as an agent is told of it.
 *
 * @param brief what failed, with all that helps to repair it
 * @param signature equal for the same failures
 * @param tested the change, if tests have run on it; they may have left files in the tree
 * @param need how much depends on its repair
 */
public record Setback(
    String brief, Set<String> signature, Optional<StagedChange> tested, Need need) {
  /** Nothing was changed. */
  public static final Setback NO_CHANGES = of("Nothing was changed in the working tree.");

  public Setback {
    signature = Set.copyOf(signature);
  }

  /** How much depends on a repair. */
  public enum Need {
    /** Without it, the task fails. */
    MUST,
    /** The agent gets it back; without a repair, what follows is decided elsewhere. */
    SHOULD,
    /** As {@code SHOULD}, but the agent gets it back once only. */
    ONCE
  }

  /** A setback before any tests. */
  public static Setback of(String brief) {
    return new Setback(brief, Set.of(brief), Optional.empty(), Need.MUST);
  }

  /** A hash that is equal for the same failures, also in another attempt. */
  String hash() {
    return Sha256.hex(String.join("\n", new TreeSet<>(signature)));
  }

  /** A copy whose tree is restored before the repair, if tests have run on it. */
  public Setback restoring(Optional<StagedChange> change) {
    return new Setback(brief, signature, change, need);
  }
}
