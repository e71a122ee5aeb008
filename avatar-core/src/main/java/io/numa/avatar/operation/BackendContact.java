package io.numa.avatar.operation;

import java.time.Instant;
import java.util.Optional;

/**
 * When the backend was last reached.
 *
 * @param last the end of the last poll that succeeded
 * @param awaySince when the first poll failed after it; empty if the last one succeeded
 * @param problem what the last poll failed with, without secrets; empty if it succeeded
 * @param failedPolls how many polls have failed since the last one that succeeded
 */
public record BackendContact(
    Optional<Instant> last,
    Optional<Instant> awaySince,
    Optional<String> problem,
    int failedPolls) {
  /** No poll has ended yet. */
  public static final BackendContact NONE =
      new BackendContact(Optional.empty(), Optional.empty(), Optional.empty(), 0);

  /** The contact after a poll that succeeded. */
  public BackendContact reached(Instant now) {
    return new BackendContact(Optional.of(now), Optional.empty(), Optional.empty(), 0);
  }

  /** The contact after a poll that failed. */
  public BackendContact failed(Instant now, String reason) {
    return new BackendContact(
        last, Optional.of(awaySince.orElse(now)), Optional.of(reason), failedPolls + 1);
  }
}
