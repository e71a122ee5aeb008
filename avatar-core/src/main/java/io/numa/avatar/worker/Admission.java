package io.numa.avatar.worker;

import io.numa.avatar.run.WorkPermit;
import io.numa.avatar.run.guard.DiskFloor;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits tasks: as long as there is disk space, a free slot, and no limit that is reached. */
final class Admission {
  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  /** How many finished tasks may wait until the backend takes their reports. */
  private static final int MAX_UNREPORTED = 32;

  private final DiskFloor diskFloor;
  private final OptionalInt maxTasks;
  private final Semaphore slots;

  /** For running tasks, and finished ones whose reports are not sent yet. */
  private final Semaphore unreported;

  /** How many more tasks may begin; practically unlimited by default. */
  private final Semaphore quota;

  private final AtomicInteger ended = new AtomicInteger();
  private Optional<String> shortage = Optional.empty();

  Admission(WorkerSettings settings) {
    this.diskFloor = settings.diskFloor();
    this.maxTasks = settings.maxTasks();
    this.slots = new Semaphore(settings.concurrency());
    this.unreported = new Semaphore(settings.concurrency() + MAX_UNREPORTED);
    this.quota = new Semaphore(maxTasks.orElse(Integer.MAX_VALUE));
  }

  /** Whether there is disk space for one more task. For the thread that polls. */
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
    return new Permit();
  }

  /** How many tasks have ended so far, well or not. */
  int ended() {
    return ended.get();
  }

  /** Whether as many tasks have ended as there may be. */
  boolean exhausted() {
    return maxTasks.isPresent() && ended() >= maxTasks.getAsInt();
  }

  /** One task's right to run; closed when the backend knows how the task ended. */
  final class Permit implements WorkPermit, AutoCloseable {
    private final AtomicBoolean slotHeld = new AtomicBoolean(true);
    private boolean spent;

    /** Gives the slot back, when only reporting is left. */
    @Override
    public void release() {
      if (slotHeld.compareAndSet(true, false)) {
        slots.release();
      }
    }

    /** Counts the task as ended; without this, another one may begin in its place. */
    void spend() {
      spent = true;
    }

    @Override
    public void close() {
      release();
      unreported.release();
      if (spent) {
        ended.incrementAndGet();
      } else {
        quota.release();
      }
    }
  }
}
