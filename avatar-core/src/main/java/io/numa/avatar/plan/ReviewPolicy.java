package io.numa.avatar.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether another coding agent reviews a change before it is pushed.
 *
 * @param agent the operator's name for the agent that reviews
 * @param action what follows from its findings
 */
public record ReviewPolicy(Optional<String> agent, Optional<Action> action) {
  /** A policy that asks for no review. */
  public static final ReviewPolicy UNSAID = new ReviewPolicy(Optional.empty(), Optional.empty());

  /** What follows from the findings of a review, from the mildest to the strictest. */
  public enum Action {
    /** They are told. */
    REPORT,
    /** They are told, and the agent that made the change gets them back. */
    REPAIR,
    /** As {@code REPAIR}, and the task fails if a blocker is not mended. */
    FAIL;

    /**
     * Reads {@code report}, {@code repair} or {@code fail}.
     *
     * @throws IllegalArgumentException if it is another word
     */
    public static Action of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word for it in plans and configurations. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The stricter of the two. */
    public Action raisedTo(Action other) {
      return compareTo(other) < 0 ? other : this;
    }
  }

  /** Whether it asks for a review. */
  public boolean isSaid() {
    return agent.isPresent() || action.isPresent();
  }
}
