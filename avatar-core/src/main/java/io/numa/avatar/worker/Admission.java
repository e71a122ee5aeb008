package io.numa.avatar.worker;

import io.numa.avatar.run.WorkPermit;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.task.AttemptId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits a task if there is enough disk space, a free slot, and no limit is reached. Safe for use
 * by several threads, except {@link #hasDiskSpace}.
 */
final class Admission {
  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  /** How many finished tasks may wait until the backend accepts their reports. */
  private static final int MAX_UNREPORTED = 32;

  private volatile DiskFloor diskFloor;
  private final OptionalInt maxTasks;
  private volatile int concurrency;
  private final Slots slots;

  /** The permits for running tasks, and for finished ones whose reports are not sent yet. */
  private final Slots unreported;

  /** How many more tasks may begin; practically unlimited by default. */
  private final Semaphore quota;

  private final AtomicInteger ended = new AtomicInteger();
  private Optional<String> shortage = Optional.empty();

  Admission(WorkerSettings settings) {
    this.diskFloor = settings.diskFloor();
    this.maxTasks = settings.maxTasks();
    this.concurrency = settings.concurrency();
    this.slots = new Slots(settings.concurrency());
    this.unreported = new Slots(settings.concurrency() + MAX_UNREPORTED);
    this.quota = new Semaphore(maxTasks.orElse(Integer.MAX_VALUE));
  }

  /**
   * Admits by other settings from now on, except the maximum number of tasks. Running tasks
   * continue: where there are more of them than slots, the next one waits until enough have ended.
   */
  synchronized void use(WorkerSettings settings) {
    diskFloor = settings.diskFloor();
    int more = settings.concurrency() - concurrency;
    concurrency = settings.concurrency();
    slots.add(more);
    unreported.add(more);
  }

  /** Permits whose number can change while some are held. */
  private static final class Slots extends Semaphore {
    private static final long serialVersionUID = 1;

    Slots(int number) {
      super(number);
    }

    /** Adds permits, or takes some away, which then may be fewer than none for a while. */
    void add(int more) {
      if (more < 0) {
        reducePermits(-more);
      } else {
        release(more);
      }
    }
  }

  /** Whether there is disk space for one more task. Called by the polling thread only. */
  boolean hasDiskSpace() {
    Optional<String> now = diskFloor.shortage();
    if (now.isPresent() && shortage.isEmpty()) {
      log.error("No tasks are taken until there is room: {}", now.get());
    } else if (now.isEmpty() && shortage.isPresent()) {
      log.info("There is room again; tasks are taken");
    }
    shortage = now;
    return now.isEmpty();
  }

  /** Waits until one more task may begin. */
  Permit acquire() throws InterruptedException {
    quota.acquire();
    unreported.acquire();
    slots.acquire();
    return new Permit(true);
  }

  /** A permit, if one more task may begin at once. */
  Optional<Permit> tryAcquire() {
    if (!quota.tryAcquire()) {
      return Optional.empty();
    }
    if (!unreported.tryAcquire()) {
      quota.release();
      return Optional.empty();
    }
    if (!slots.tryAcquire()) {
      unreported.release();
      quota.release();
      return Optional.empty();
    }
    return Optional.of(new Permit(true));
  }

  /** A permit beside the slots and the limits, for what is no work. */
  Permit extra() {
    return new Permit(false);
  }

  /** How many tasks may run at once. */
  int concurrency() {
    return concurrency;
  }

  /** Which disk has too little space now, if one has. */
  Optional<String> shortage() {
    return diskFloor.shortage();
  }

  /** Why no further task may begin until another one ends; empty if one may. */
  Optional<String> fullness() {
    if (quota.availablePermits() == 0) {
      return Optional.of("as many tasks have begun as it may carry out");
    }
    if (slots.availablePermits() <= 0) {
      return Optional.of(
          concurrency == 1 ? "a task is running" : "all " + concurrency + " slots have a task");
    }
    return unreported.availablePermits() <= 0
        ? Optional.of("too many ended tasks wait until the backend takes their reports")
        : Optional.empty();
  }

  /** How many tasks have ended so far, successfully or not. */
  int ended() {
    return ended.get();
  }

  /** Whether the maximum number of tasks has ended. */
  boolean exhausted() {
    return maxTasks.isPresent() && ended() >= maxTasks.getAsInt();
  }

  /** One task's right to run; closed when the backend knows how the task ended. */
  final class Permit implements WorkPermit, AutoCloseable {
    private final boolean counted;
    private final AtomicBoolean slotHeld;
    private boolean spent;
    private boolean exclusive;
    private List<AttemptId> former = List.of();
    private Runnable onClaim = () -> {};

    private Permit(boolean counted) {
      this.counted = counted;
      this.slotHeld = new AtomicBoolean(counted);
    }

    /** Has {@code action} run when the task is ours. */
    Permit onClaim(Runnable action) {
      onClaim = action;
      return this;
    }

    /** A queue has given the task to this avatar alone. */
    Permit exclusively(List<AttemptId> attempts) {
      exclusive = true;
      former = attempts;
      return this;
    }

    @Override
    public boolean exclusive() {
      return exclusive;
    }

    @Override
    public List<AttemptId> formerAttempts() {
      return former;
    }

    @Override
    public void claimed() {
      onClaim.run();
    }

    /** Returns the slot, because only reporting remains. */
    @Override
    public void release() {
      if (slotHeld.compareAndSet(true, false)) {
        slots.release();
      }
    }

    /** Counts the task as ended. Without this call, another task may begin instead. */
    void spend() {
      spent = true;
    }

    @Override
    public void close() {
      release();
      if (!counted) {
        return;
      }
      unreported.release();
      if (spent) {
        ended.incrementAndGet();
      } else {
        quota.release();
      }
    }
  }
}
