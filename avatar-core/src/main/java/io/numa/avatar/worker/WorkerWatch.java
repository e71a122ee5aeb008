package io.numa.avatar.worker;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.operation.BackendContact;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.port.PortException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Notes when the backend or queue was reached and when the polling thread made progress, and tells
 * watchers of changes. Safe for use by several threads.
 */
final class WorkerWatch {
  /**
   * How long one step of the polling thread may take: a poll with its retries, or the removal of
   * old files.
   */
  static final Duration LONGEST_STEP = Duration.ofMinutes(30);

  private final TaskOrigin origin;
  private final Clock clock;
  private final AtomicReference<BackendContact> contact =
      new AtomicReference<>(BackendContact.NONE);
  private volatile @Nullable OperationEvents events;
  private volatile @Nullable Instant startedAt;
  private volatile @Nullable Instant busySince;

  /**
   * @param origin what is asked for tasks
   */
  WorkerWatch(TaskOrigin origin, Clock clock) {
    this.origin = origin;
    this.clock = clock;
  }

  TaskOrigin origin() {
    return origin;
  }

  Clock clock() {
    return clock;
  }

  void tell(OperationEvents watchers) {
    events = watchers;
  }

  void started() {
    startedAt = clock.instant();
  }

  Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  /** The polling thread begins a step. */
  void busy() {
    busySince = clock.instant();
  }

  /** The polling thread waits for something that may take any time, or has ended. */
  void idle() {
    busySince = null;
  }

  /** Since when the polling thread is at a step that should have ended by now. */
  Optional<Instant> stuckSince() {
    Instant oldest = clock.instant().minus(LONGEST_STEP);
    return Optional.ofNullable(busySince).filter(since -> since.isBefore(oldest));
  }

  /** A call of the source of tasks. */
  interface Call<T> {
    T make() throws InterruptedException;
  }

  /** Makes a call, and notes whether the source answers. */
  <T> T noted(Call<T> call) throws InterruptedException {
    try {
      T answer = call.make();
      reached();
      return answer;
    } catch (PortException e) {
      failed(e);
      throw e;
    }
  }

  void reached() {
    move(requireNonNull(contact.getAndUpdate(it -> it.reached(clock.instant()))));
  }

  void failed(PortException failure) {
    move(requireNonNull(contact.getAndUpdate(it -> it.failed(clock.instant(), failure))));
  }

  private void move(BackendContact before) {
    if (before.awaySince().isPresent() != contact().awaySince().isPresent()) {
      changed();
    }
  }

  BackendContact contact() {
    return requireNonNull(contact.get());
  }

  /** The state has changed, or what the worker waits for. */
  void changed() {
    OperationEvents watchers = events;
    if (watchers != null) {
      watchers.publish(new OperationEvent.Changed());
    }
  }
}
