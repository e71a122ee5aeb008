package io.numa.avatar.worker;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.port.Journal;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.OutcomeText;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Waiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscribes to a topic and carries out the tasks that it announces, until it is told to stop.
 *
 * <p>One thread polls; each task runs on a thread of its own, at most {@link
 * WorkerSettings#concurrency} at once, and a place is free before a task is looked at. Nothing that
 * a message or a task does ends the worker; only a backend that refuses its credentials does.
 */
public final class AvatarWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AvatarWorker.class);

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

  /** How many tasks may be done, and wait for a backend that cannot be told so. */
  private static final int UNTOLD = 32;

  /** How often a disk without room is looked at. */
  private static final Duration ROOM = Duration.ofSeconds(10);

  /** How often those that should stop are told so again. */
  private static final Duration INSIST = Duration.ofSeconds(1);

  private final WorkerSettings settings;
  private final MessageSource source;
  private final TaskRunner runner;
  private final Clock clock;

  private final AtomicReference<WorkerState> state = new AtomicReference<>(WorkerState.NEW);
  private final AtomicReference<@Nullable UnauthorizedException> refusal = new AtomicReference<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread pollThread = new Thread(this::work, "avatar-poll");
  private final ExecutorService tasks;
  private final Semaphore slots;

  /** For tasks at work, and those of which the backend is still to be told. */
  private final Semaphore places;

  /** How many more tasks may begin; as good as endless without a limit. */
  private final Semaphore quota;

  private final AtomicInteger endedTasks = new AtomicInteger();
  private final Set<TaskId> inFlight = ConcurrentHashMap.newKeySet();
  private final Journal journal;
  private final Inbox inbox;
  private final Waiter waiter = new Waiter();
  private final Backoff backoff;
  private Optional<TopicId> topic = Optional.empty();
  private Optional<String> shortage = Optional.empty();
  private boolean recovered;
  private volatile boolean interrupted;

  /**
   * Makes a worker.
   *
   * @param journal the one that {@code runner} has, too
   */
  public AvatarWorker(
      WorkerSettings settings,
      MessageSource source,
      TaskRunner runner,
      Journal journal,
      Clock clock) {
    this.settings = settings;
    this.source = source;
    this.runner = runner;
    this.journal = journal;
    this.clock = clock;
    this.inbox = new Inbox(journal);
    this.slots = new Semaphore(settings.concurrency());
    this.places = new Semaphore(settings.concurrency() + UNTOLD);
    this.quota = new Semaphore(settings.maxTasks().orElse(Integer.MAX_VALUE));
    this.backoff =
        new Backoff(Duration.ofSeconds(1), LONGEST_BACKOFF, RandomGenerator.getDefault());
    var number = new AtomicInteger();
    this.tasks =
        Executors.newCachedThreadPool(
            task -> new Thread(task, "avatar-task-" + number.incrementAndGet()));
  }

  /** Begins to poll. Once only. */
  public void start() {
    if (!state.compareAndSet(WorkerState.NEW, WorkerState.RUNNING)) {
      throw new IllegalStateException("the worker was started before");
    }
    pollThread.start();
  }

  /** Takes no more tasks; those that run go on to their end. Returns at once; may be repeated. */
  public void drain() {
    if (state.compareAndSet(WorkerState.RUNNING, WorkerState.DRAINING)) {
      pollThread.interrupt();
    } else if (state.compareAndSet(WorkerState.NEW, WorkerState.STOPPED)) {
      tasks.shutdown();
      stopped.countDown();
    }
  }

  /** Takes no more tasks, and interrupts those that run. Returns at once; may be repeated. */
  public void interrupt() {
    interrupted = true;
    drain();
    tasks.shutdownNow();
  }

  /** Waits until the worker has stopped, for as long as that takes. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Waits until the worker has stopped, and says whether it did within {@code limit}. */
  public boolean awaitStop(Duration limit) throws InterruptedException {
    return stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  public WorkerState state() {
    return requireNonNull(state.get());
  }

  /** Why the backend will have nothing to do with this avatar, if that is why it stopped. */
  public Optional<UnauthorizedException> refusal() {
    return Optional.ofNullable(refusal.get());
  }

  /** How many tasks have ended so far, well or not. */
  public int endedTasks() {
    return endedTasks.get();
  }

  /** Interrupts everything, and waits until it has stopped. */
  @Override
  public void close() {
    interrupt();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (state.get() == WorkerState.RUNNING) {
      try {
        takeNext();
        backoff.reset();
      } catch (InterruptedException e) {
        drain();
      } catch (UnauthorizedException e) {
        refuse(e);
      } catch (PortException e) {
        pauseAfter(e);
      } catch (RuntimeException e) {
        log.error("Polling hit a defect of the avatar; it goes on", e);
        pauseAfter(e);
      }
    }
    stop();
  }

  private void takeNext() throws InterruptedException {
    if (!recovered) {
      runner.tidy();
      inbox.recover(clock.instant());
      recovered = true;
    }
    if (!hasRoom()) {
      waiter.pause(ROOM);
      return;
    }
    Optional<Inbox.Entry> next = inbox.next(clock.instant());
    if (next.isPresent()) {
      begin(next.get());
    } else {
      poll();
    }
  }

  private boolean hasRoom() {
    Optional<String> now = settings.diskFloor().shortage();
    if (now.isPresent() && shortage.isEmpty()) {
      log.error("No tasks are taken until there is room: {}", now.get());
    } else if (now.isEmpty() && shortage.isPresent()) {
      log.info("There is room again; tasks are taken");
    }
    shortage = now;
    return now.isEmpty();
  }

  private void poll() throws InterruptedException {
    if (topic.isEmpty()) {
      topic = Optional.of(source.topic(settings.topic()));
      log.info("Subscribed to topic '{}'", settings.topic());
    }
    Instant start = clock.instant();
    List<TaskMessage> messages =
        source.poll(topic.get(), journal.lastMessage(), untilDue(settings.pollWait(), start));
    Instant end = clock.instant();
    if (!inbox.accept(messages, end)) {
      Duration rest = settings.pollInterval().minus(Duration.between(start, end));
      if (rest.compareTo(Duration.ZERO) > 0) {
        waiter.pause(untilDue(rest, end));
      }
    }
  }

  /** The shorter of {@code limit} and the time until a postponed message is due. */
  private Duration untilDue(Duration limit, Instant now) {
    Duration left = inbox.nextDue().map(due -> Duration.between(now, due)).orElse(limit);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(limit) < 0 ? left : limit;
  }

  private void begin(Inbox.Entry entry) throws InterruptedException {
    quota.acquire();
    places.acquire();
    slots.acquire();
    if (inFlight.add(entry.task())) {
      tasks.execute(() -> runTask(entry));
    } else {
      slots.release();
      places.release();
      quota.release();
      inbox.reject(entry.message(), "task " + entry.task() + " is being worked on");
    }
  }

  private void runTask(Inbox.Entry entry) {
    boolean ended = false;
    var slot = new AtomicBoolean(true);
    Runnable workOver = () -> giveBack(slot);
    try {
      ended = isEnd(runner.run(entry.task(), workOver), entry);
      runner.refusal().ifPresent(this::refuse);
    } catch (UnauthorizedException e) {
      refuse(e);
    } catch (PortException e) {
      putOff(entry, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      log.error("Task {} hit a defect of the avatar; the others go on", entry.task(), e);
    } finally {
      inFlight.remove(entry.task());
      workOver.run();
      release(ended);
    }
  }

  private void giveBack(AtomicBoolean slot) {
    if (slot.compareAndSet(true, false)) {
      slots.release();
    }
  }

  /** Whether that is the end of the task, for us; otherwise sees to what is to become of it. */
  private boolean isEnd(TaskOutcome outcome, Inbox.Entry entry) {
    if (!interrupted && journal.find(entry.task()).isPresent()) {
      inbox.retryLater(entry, OutcomeText.of(outcome), clock.instant());
      waiter.wake();
      return false;
    }
    if (outcome instanceof TaskOutcome.NotOurs notOurs) {
      inbox.reject(entry.message(), "task " + entry.task() + ": " + notOurs.reason());
      return false;
    }
    runner.tidy();
    return true;
  }

  private void putOff(Inbox.Entry entry, PortException reason) {
    if (reason.retryable()) {
      inbox.retryLater(entry, reason.getMessage(), clock.instant());
      waiter.wake();
    } else {
      inbox.reject(entry.message(), reason.getMessage());
    }
  }

  private void release(boolean ended) {
    places.release();
    if (!ended) {
      quota.release();
    } else if (endedTasks.incrementAndGet() == settings.maxTasks().orElse(-1)) {
      drain();
    }
  }

  private void refuse(UnauthorizedException reason) {
    log.error("The backend refuses this avatar, so it stops: {}", reason.getMessage());
    refusal.compareAndSet(null, reason);
    drain();
  }

  private void pauseAfter(RuntimeException failure) {
    if (failure instanceof NotFoundException) {
      topic = Optional.empty();
    }
    Duration pause = backoff.next();
    log.warn("Polling failed, next try in {} ms: {}", pause.toMillis(), failure.getMessage());
    try {
      waiter.pause(pause);
    } catch (InterruptedException e) {
      drain();
    }
  }

  private void stop() {
    tasks.shutdown();
    boolean allEnded = false;
    while (!allEnded) {
      try {
        if (interrupted) {
          tasks.shutdownNow();
        }
        allEnded = tasks.awaitTermination(INSIST.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        // The interrupt that ended the last poll; it has done its work.
        Thread.interrupted();
      }
    }
    state.set(WorkerState.STOPPED);
    stopped.countDown();
  }
}
