package io.numa.avatar.port.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is still to be done.
 *
 * @param waiting how many announced tasks wait to be begun
 * @param attempts the attempts that are not settled, in the order they were begun
 * @param pausedSince see {@link OperatorJournal#pausedSince}
 */
public record OpenWork(
    int waiting, List<JournaledAttempt> attempts, Optional<Instant> pausedSince) {
  public OpenWork {
    attempts = List.copyOf(attempts);
  }
}
