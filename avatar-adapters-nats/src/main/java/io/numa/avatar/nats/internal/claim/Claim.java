package io.numa.avatar.nats.internal.claim;

import io.numa.avatar.task.AvatarId;
import java.util.Optional;

/**
 * An entry of the bucket of claims.
 *
 * @param avatar the owner
 * @param attempt the owner's attempt; empty if it has begun none
 * @param claims how often the task was claimed since it was published
 * @param ended whether the owner has ended the task
 * @param place the delivery that the owner was given; empty if it was given none
 */
public record Claim(
    AvatarId avatar, Optional<String> attempt, int claims, boolean ended, Optional<Place> place) {

  public boolean isOf(AvatarId other) {
    return avatar.equals(other);
  }

  /** The claim without its attempt, which does not count: the task was given back. */
  public Claim giveBack() {
    return new Claim(avatar, Optional.empty(), Math.max(0, claims - 1), false, place);
  }

  public Claim end() {
    return new Claim(avatar, attempt, claims, true, place);
  }
}
