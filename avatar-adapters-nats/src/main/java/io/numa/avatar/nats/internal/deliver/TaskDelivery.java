package io.numa.avatar.nats.internal.deliver;

import io.numa.avatar.nats.internal.claim.Claim;
import io.numa.avatar.nats.internal.claim.ClaimRules;
import io.numa.avatar.nats.internal.claim.Claims;
import io.numa.avatar.nats.internal.claim.Place;
import io.numa.avatar.nats.internal.claim.StoredClaim;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.QueuedMessage;
import io.numa.avatar.port.queue.TaskClaim;
import io.numa.avatar.task.AttemptId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery of a task. What cannot be undone is preceded by a write of the claim, which only its
 * owner can make.
 *
 * <p>An acknowledgement of an old delivery would count for the newest one. So the task is given
 * back and buried only while the lease of this delivery lasts.
 */
final class TaskDelivery implements Delivery, TaskClaim {
  private final Workshop tools;
  private final TaskKey key;
  private final QueuedMessage message;
  private final byte[] body;
  private final ClaimRules rules;

  /** The claim of an attempt, as it was last written; empty while no attempt has claimed. */
  private Optional<StoredClaim> held = Optional.empty();

  private Optional<String> attempt = Optional.empty();

  /** When the lease began, by the clock that only moves forwards: at first, when this came. */
  private long leased;

  /**
   * @param place empty after a restart of the avatar
   */
  TaskDelivery(
      Workshop tools, TaskKey key, QueuedMessage message, Optional<Place> place, byte[] body) {
    this.tools = tools;
    this.key = key;
    this.message = message;
    this.body = body;
    this.rules = new ClaimRules(tools.settings().avatar(), place);
    this.leased = tools.time().nanoTime();
  }

  @Override
  public QueuedMessage message() {
    return message;
  }

  @Override
  public TaskClaim claim() {
    return this;
  }

  @Override
  public synchronized int count() throws InterruptedException {
    return rules.count(tools.claims().read(key).claim());
  }

  @Override
  public synchronized List<AttemptId> attempts() throws InterruptedException {
    return rules.attempts(tools.claims().read(key).claim()).stream()
        .map(UUID::fromString)
        .map(AttemptId::new)
        .toList();
  }

  @Override
  public synchronized Lease take(AttemptId claimer) throws InterruptedException {
    String name = claimer.toString();
    long asked = tools.time().nanoTime();
    held = Optional.of(change("claim the task", now -> rules.take(now, name)));
    attempt = Optional.of(name);
    return extended(asked);
  }

  @Override
  public synchronized Lease renew() throws InterruptedException {
    long asked = tools.time().nanoTime();
    keep("renew the claim of the task");
    return extended(asked);
  }

  @Override
  public synchronized void confirm() throws InterruptedException {
    keep("confirm the claim of the task");
  }

  private void keep(String action) throws InterruptedException {
    String name =
        attempt.orElseThrow(() -> new TaskTakenException("this avatar has not claimed the task"));
    held = Optional.of(change(action, now -> rules.keep(now, name)));
  }

  private StoredClaim change(String action, Claims.Decision decision) throws InterruptedException {
    return tools.claims().change(action, key, held, decision);
  }

  private Lease extended(long asked) throws InterruptedException {
    Optional<Place> place = place();
    if (place.isPresent()) {
      tools.acknowledgements().inProgress(place.get());
    }
    leased = asked;
    return new Lease(tools.settings().ackWait(), Optional.empty());
  }

  /** Where the delivery is acknowledged: after a restart, the claim knows it. */
  private Optional<Place> place() {
    return rules.place().isPresent()
        ? rules.place()
        : held.flatMap(StoredClaim::claim).flatMap(Claim::place);
  }

  @Override
  public synchronized void settle() throws InterruptedException {
    if (attempt.isPresent()) {
      String name = attempt.get();
      held = Optional.of(change("end the task", now -> rules.end(now, name)));
    } else if (!rules.isEnded(tools.claims().read(key).claim())) {
      held = Optional.of(change("end the task", this::ended));
    }
    acknowledge();
  }

  private void acknowledge() throws InterruptedException {
    Optional<Place> place = place();
    if (place.isPresent()) {
      tools.acknowledgements().done(place.get());
    }
  }

  @Override
  public synchronized void giveBack(Duration delay) throws InterruptedException {
    Optional<Claim> now = tools.claims().read(key).claim();
    if (rules.isEnded(now)) {
      // Its end was written, but not acknowledged.
      acknowledge();
    } else if (mayReturn(now)) {
      Optional<Place> place = place();
      if (place.isPresent()) {
        tools.acknowledgements().giveBack(place.get(), delay);
      }
    }
  }

  private boolean mayReturn(Optional<Claim> now) throws InterruptedException {
    if (isLeaseOver()) {
      return false;
    }
    if (attempt.isEmpty()) {
      return rules.isFree(now);
    }
    String name = attempt.get();
    try {
      held = Optional.of(change("give the task back", it -> rules.keep(it, name).giveBack()));
      return true;
    } catch (TaskTakenException e) {
      return false;
    }
  }

  private boolean isLeaseOver() {
    return tools.time().since(leased).compareTo(tools.settings().ackWait()) >= 0;
  }

  @Override
  public synchronized void bury(String reason) throws InterruptedException {
    if (isLeaseOver()) {
      return;
    }
    try {
      held = Optional.of(change("bury the task", this::mine));
    } catch (TaskTakenException e) {
      return;
    }
    tools.deadLetters().publish(key, place(), reason, body);
    held = Optional.of(change("end the task", this::ended));
    Optional<Place> place = place();
    if (place.isPresent()) {
      tools.acknowledgements().terminate(place.get());
    }
  }

  /** It may be our own write that ended it, whose answer was lost. */
  private Claim ended(Optional<Claim> now) {
    return rules.isEnded(now) ? now.orElseThrow() : mine(now).end();
  }

  private Claim mine(Optional<Claim> now) {
    return attempt.isPresent() ? rules.keep(now, attempt.get()) : rules.takeWithoutAttempt(now);
  }
}
