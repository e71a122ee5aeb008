package io.numa.avatar.nats.internal.claim;

import io.numa.avatar.task.AvatarId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of the bucket of claims.
 *
 * @param avatar the owner
 * @param attempt the owner's attempt; empty if it has begun none
 * @param earlier the attempts before, the newest last; of many the last ones
 * @param claims how often the task was claimed since it was published
 * @param ended whether the owner has ended the task
 * @param place the delivery that the owner was given; empty if it was given none
 */
public record Claim(
    AvatarId avatar,
    Optional<String> attempt,
    List<String> earlier,
    int claims,
    boolean ended,
    Optional<Place> place) {
  /** More attempts than these are not remembered. */
  private static final int MOST = 16;

  public Claim {
    earlier = List.copyOf(earlier.subList(Math.max(0, earlier.size() - MOST), earlier.size()));
  }

  /** All attempts that have claimed the task, the newest last. */
  public List<String> attempts() {
    return Stream.concat(earlier.stream(), attempt.stream()).toList();
  }

  public boolean isOf(AvatarId other) {
    return avatar.equals(other);
  }

  /** The claim without its attempt, which does not count: the task was given back. */
  public Claim giveBack() {
    return new Claim(avatar, Optional.empty(), earlier, Math.max(0, claims - 1), false, place);
  }

  public Claim end() {
    return new Claim(avatar, attempt, earlier, claims, true, place);
  }
}
