package io.numa.avatar.operation;

import java.util.Optional;

/**
 * The answer to a wish for another attempt.
 *
 * @param refusal why none is made, in a sentence; empty if the attempt has begun
 */
public record Retry(Optional<String> refusal) {
  /** The attempt has begun. */
  public static final Retry BEGUN = new Retry(Optional.empty());

  /** No attempt is made. */
  public static Retry refused(String reason) {
    return new Retry(Optional.of(reason));
  }

  /** Whether the attempt has begun. */
  public boolean begun() {
    return refusal.isEmpty();
  }
}
