package io.numa.avatar.worker;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.port.UnauthorizedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of a worker, and why it stops. Safe for use by several threads. */
final class WorkerControl {
  private static final Logger log = LoggerFactory.getLogger(WorkerControl.class);

  private final AtomicReference<WorkerState> state = new AtomicReference<>(WorkerState.NEW);
  private final AtomicReference<@Nullable UnauthorizedException> refusal = new AtomicReference<>();
  private final CountDownLatch firstPoll = new CountDownLatch(1);
  private final Thread pollThread;
  private final AtomicReference<@Nullable Instant> pausedSince = new AtomicReference<>();
  private volatile boolean interrupted;

  WorkerControl(Thread pollThread) {
    this.pollThread = pollThread;
  }

  WorkerState state() {
    return requireNonNull(state.get());
  }

  /** Moves from one state to the next; returns whether the worker was in {@code from}. */
  boolean move(WorkerState from, WorkerState to) {
    return state.compareAndSet(from, to);
  }

  /** Whether the worker may start more tasks. */
  boolean running() {
    return state() == WorkerState.RUNNING;
  }

  /** Notes that the worker asks for messages now, could not, or never will. */
  void polls() {
    firstPoll.countDown();
  }

  boolean awaitFirstPoll(Duration limit) throws InterruptedException {
    return firstPoll.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts no more tasks; the running ones continue. */
  void drain() {
    if (move(WorkerState.RUNNING, WorkerState.DRAINING)) {
      pollThread.interrupt();
    }
  }

  /** Starts no tasks until {@link #resume}. */
  void pause(Instant since) {
    pausedSince.compareAndSet(null, since);
  }

  void resume() {
    pausedSince.set(null);
  }

  /** Since when no task is started, if the operator has said so. */
  Optional<Instant> pausedSince() {
    return Optional.ofNullable(pausedSince.get());
  }

  /** Whether the running tasks should stop, too. */
  boolean interrupted() {
    return interrupted;
  }

  void interrupt() {
    interrupted = true;
  }

  /** Drains the worker because the backend refuses this avatar. */
  void refuse(UnauthorizedException reason) {
    log.error("The backend refuses this avatar, so it stops: {}", reason.getMessage());
    refusal.compareAndSet(null, reason);
    drain();
  }

  Optional<UnauthorizedException> refusal() {
    return Optional.ofNullable(refusal.get());
  }
}
