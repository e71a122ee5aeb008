package io.numa.avatar.operation;

import io.numa.avatar.port.OutageException;
import io.numa.avatar.port.PortException;
import java.time.Instant;
import java.util.Optional;

/**
 * When the backend, or the queue that tasks come from, was last reached.
 *
 * @param last the end of the last poll that succeeded
 * @param awaySince when the first poll failed after it; empty if the last one succeeded
 * @param problem what the last poll failed with, without secrets; empty if it succeeded
 * @param offUntil until when it is not called, because too many calls have failed
 * @param failedPolls how many polls have failed since the last one that succeeded
 */
public record BackendContact(
    Optional<Instant> last,
    Optional<Instant> awaySince,
    Optional<String> problem,
    Optional<Instant> offUntil,
    int failedPolls) {
  /** No poll has ended yet. */
  public static final BackendContact NONE =
      new BackendContact(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);

  /** The contact after a poll that succeeded. */
  public BackendContact reached(Instant now) {
    return new BackendContact(
        Optional.of(now), Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  /** The contact after a poll that failed. */
  public BackendContact failed(Instant now, PortException failure) {
    return new BackendContact(
        last,
        Optional.of(awaySince.orElse(now)),
        Optional.of(failure.getMessage()),
        failure instanceof OutageException outage ? outage.offUntil() : Optional.empty(),
        failedPolls + 1);
  }

  /** Whether the backend was reached in one of the last two polls. */
  public boolean reached() {
    return last.isPresent() && failedPolls < 2;
  }
}
