package io.numa.avatar.operation;

import io.numa.avatar.port.money.UsedBudget;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A reason why an avatar takes no task at present.
 *
 * @param kind for programs
 * @param text a sentence for people, without secrets
 * @param since when it began, if that is known
 * @param until when it ends by itself, if that is known
 */
public record Waiting(Kind kind, String text, Optional<Instant> since, Optional<Instant> until) {
  /** The kinds of reasons, the more urgent ones first. */
  public enum Kind {
    /** No process runs. */
    NOT_RUNNING,
    /** The backend refused the avatar's credentials. */
    REFUSED,
    /** The operator has told it to end after the running tasks. */
    DRAINING,
    /** The operator has paused it. */
    PAUSED,
    /** A disk has less free space than required. */
    DISK,
    /** The backend does not answer, or not as it should. */
    BACKEND_AWAY,
    /** The queue does not answer, or not as it should. */
    QUEUE_AWAY,
    /** The backend is not called for a while, as calls failed one after the other. */
    BREAKER_OPEN,
    /** The budget for coding agents is used up; tasks of prose wait, and plans go on. */
    BUDGET,
    /** As many tasks run as may run at once, or too many ended ones wait to be reported. */
    NO_SLOT,
    /** Tasks wait for their next try. */
    RETRY,
    /** There is nothing to do. */
    NO_MESSAGE;

    /** The word in lower case, as commands and documents spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A reason without times. */
  public static Waiting of(Kind kind, String text) {
    return new Waiting(kind, text, Optional.empty(), Optional.empty());
  }

  /** A reason that began at a known time. */
  public static Waiting since(Kind kind, String text, Optional<Instant> begin) {
    return new Waiting(kind, text, begin, Optional.empty());
  }

  /** The budget for coding agents is used up. */
  public static Waiting budget(UsedBudget used) {
    return new Waiting(
        Kind.BUDGET, "prose waits, as " + used.text(), Optional.empty(), Optional.of(used.until()));
  }

  /** The operator has paused the avatar. */
  public static Waiting paused(Instant since) {
    return since(
        Kind.PAUSED, "paused by the operator; 'resume' takes tasks again", Optional.of(since));
  }
}
