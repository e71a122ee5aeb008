package io.numa.avatar.nats.internal.claim;

import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.task.AvatarId;
import java.util.List;
import java.util.Optional;

/**
 * Says who may claim a task, for one avatar that was given it. A redelivery proves that the lease
 * of the delivery before it is over. So the newest delivery may take over a claim, and an older one
 * may not.
 *
 * @param avatar this avatar
 * @param place the delivery; empty after a restart of the avatar, which then needs a claim that is
 *     its own
 */
public record ClaimRules(AvatarId avatar, Optional<Place> place) {

  /** How often the task was claimed since the message of this delivery was published. */
  public int count(Optional<Claim> now) {
    return now.filter(claim -> !isOfOlderMessage(claim)).map(Claim::claims).orElse(0);
  }

  /** The attempts that have claimed the message of this delivery, the newest last. */
  public List<String> attempts(Optional<Claim> now) {
    return now.filter(claim -> !isOfOlderMessage(claim)).map(Claim::attempts).orElse(List.of());
  }

  /** Claims the task for an attempt; counts the claim, unless the attempt has it. */
  public Claim take(Optional<Claim> now, String attempt) {
    Optional<Claim> last = now.filter(claim -> !isOfOlderMessage(claim));
    last.ifPresent(this::requireMayTake);
    boolean repeated =
        last.filter(claim -> claim.isOf(avatar) && claim.attempt().equals(Optional.of(attempt)))
            .isPresent();
    int claims = last.map(Claim::claims).orElse(0) + (repeated ? 0 : 1);
    List<String> earlier =
        last.map(Claim::attempts).orElse(List.of()).stream()
            .filter(other -> !other.equals(attempt))
            .toList();
    return new Claim(avatar, Optional.of(attempt), earlier, claims, false, place(last));
  }

  /** Renews or confirms a claim of an attempt. */
  public Claim keep(Optional<Claim> now, String attempt) {
    return now.filter(claim -> isHeldBy(claim, attempt)).orElseThrow(ClaimRules::taken);
  }

  /** Ends the task for an attempt that has claimed it; a repeated call changes nothing. */
  public Claim end(Optional<Claim> now, String attempt) {
    return now.filter(claim -> isOwnedBy(claim, attempt)).orElseThrow(ClaimRules::taken).end();
  }

  /** Makes the task this avatar's without an attempt, in order to end it. Counts nothing. */
  public Claim takeWithoutAttempt(Optional<Claim> now) {
    Optional<Claim> last = now.filter(claim -> !isOfOlderMessage(claim));
    last.ifPresent(this::requireMayTake);
    return new Claim(
        avatar,
        last.filter(claim -> claim.isOf(avatar)).flatMap(Claim::attempt),
        last.map(Claim::earlier).orElse(List.of()),
        last.map(Claim::claims).orElse(0),
        false,
        place(last));
  }

  /** Whether the message of this delivery was ended, by any avatar. */
  public boolean isEnded(Optional<Claim> now) {
    return now.filter(claim -> claim.ended() && !isOfOlderMessage(claim)).isPresent();
  }

  /** Whether no other avatar has claimed the task since this delivery. */
  public boolean isFree(Optional<Claim> now) {
    return now.isEmpty() || isOfOlderMessage(now.get()) || mayTake(now.get());
  }

  private void requireMayTake(Claim claim) {
    if (!mayTake(claim)) {
      throw taken();
    }
  }

  private boolean mayTake(Claim claim) {
    if (claim.ended()) {
      return false;
    }
    if (place.isEmpty()) {
      return claim.isOf(avatar);
    }
    // An avatar that claimed a task without a delivery has no lease that the engine knows of.
    return claim.place().isEmpty()
        || place.get().isNewerThan(claim.place().get())
        || (claim.isOf(avatar) && claim.place().equals(place));
  }

  /** A task that ended without a delivery had no message, or an older one. */
  private boolean isOfOlderMessage(Claim claim) {
    if (place.isEmpty() || claim.place().isEmpty()) {
      return place.isPresent() && claim.ended();
    }
    Place last = claim.place().get();
    return !place.get().isSameMessage(last) && place.get().isNewerThan(last);
  }

  private boolean isHeldBy(Claim claim, String attempt) {
    return isOwnedBy(claim, attempt) && !claim.ended();
  }

  private boolean isOwnedBy(Claim claim, String attempt) {
    return claim.isOf(avatar)
        && claim.attempt().equals(Optional.of(attempt))
        && (place.isEmpty() || claim.place().equals(place));
  }

  private Optional<Place> place(Optional<Claim> last) {
    return place.isPresent() ? place : last.flatMap(Claim::place);
  }

  private static TaskTakenException taken() {
    return new TaskTakenException("the queue gave the task to another avatar, or it has ended");
  }
}
