package io.numa.avatar.worker;

import io.numa.avatar.followup.WorkDesk;
import io.numa.avatar.operation.BackendContact;
import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Retry;
import io.numa.avatar.operation.RunState;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.operation.WorkerFacts;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import io.numa.avatar.time.Interrupts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes tasks from a topic or a queue, and carries them out, until it is stopped. Safe for use by
 * several threads.
 *
 * <p>One thread polls. Each task runs on a separate thread, at most {@link
 * WorkerSettings#concurrency} at once, and the worker fetches a task only when a slot is free. No
 * message or task can end the worker; it ends by itself only if the backend refuses its
 * credentials.
 */
public final class AvatarWorker implements Controls, WorkerFacts, AutoCloseable {
  /** How often running tasks are re-interrupted at shutdown. */
  private static final Duration REINTERRUPT_EVERY = Duration.ofSeconds(1);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread pollThread = new Thread(this::poll, "avatar-poll");
  private final WorkerControl control = new WorkerControl(pollThread);
  private final Dispatcher dispatcher;
  private final PollLoop loop;
  private final Intake intake;
  private final Admission admission;
  private final Inbox inbox;
  private final Journal journal;
  private final WorkerWatch watch;
  private final Supplier<Optional<UsedBudget>> budget;

  /** Makes a worker that polls a topic, as the other constructor does. */
  public AvatarWorker(
      WorkerSettings settings,
      MessageSource source,
      TaskRunner runner,
      Journal journal,
      Clock clock) {
    this(settings, TaskIntake.topic(source), runner, journal, clock);
  }

  /**
   * Makes a worker.
   *
   * @param journal the journal that {@code runner} uses, too
   */
  public AvatarWorker(
      WorkerSettings settings, TaskIntake tasks, TaskRunner runner, Journal journal, Clock clock) {
    this.journal = journal;
    this.budget = runner::usedBudget;
    this.inbox = new Inbox(journal);
    this.watch = new WorkerWatch(tasks.origin(), clock);
    this.admission = new Admission(settings);
    Completion completion = tasks.completion(inbox, clock);
    this.dispatcher = new Dispatcher(admission, runner, control, completion, clock);
    this.intake = tasks.of(settings, new WorkerParts(inbox, dispatcher, control, watch));
    this.loop = new PollLoop(inbox, intake, dispatcher, control, watch);
  }

  /** Has watchers told when the worker's state changes, or what it waits for. */
  public void tell(OperationEvents watchers) {
    watch.tell(watchers);
  }

  /**
   * Uses other settings from now on, for the next poll and the next task. The topic and the maximum
   * number of tasks stay as they are. Running tasks continue, also if there are fewer slots now.
   */
  public void use(WorkerSettings settings) {
    admission.use(settings);
    intake.use(settings);
    watch.changed();
  }

  /** Begins to poll, unless it was drained before. Call it only once. */
  public void start() {
    if (!control.move(WorkerState.NEW, WorkerState.RUNNING)) {
      if (watch.startedAt().isEmpty()) {
        return;
      }
      throw new IllegalStateException("the worker was started before");
    }
    watch.started();
    pollThread.start();
  }

  @Override
  public void pause() {
    Instant now = watch.clock().instant();
    journal.pause(now);
    control.pause(now);
    watch.changed();
  }

  @Override
  public void resume() {
    journal.resume();
    control.resume();
    inbox.wake();
    watch.changed();
  }

  @Override
  public boolean cancel(TaskId task) {
    return dispatcher.cancel(task) || cancelWaiting(task);
  }

  private boolean cancelWaiting(TaskId task) {
    Optional<InboxEntry> waiting = inbox.take(task);
    boolean recorded = false;
    try {
      waiting.ifPresent(entry -> journal.cancel(task));
      recorded = true;
    } finally {
      if (!recorded) {
        waiting.ifPresent(inbox::putBack);
      }
    }
    // One that ends tells it at its next start.
    waiting.filter(entry -> control.running()).ifPresent(dispatcher::tellCancelled);
    waiting.ifPresent(entry -> watch.changed());
    return waiting.isPresent();
  }

  @Override
  public Retry retry(TaskId task) throws InterruptedException {
    return control.running()
        ? dispatcher.retry(task)
        : Retry.refused("the avatar takes no more tasks");
  }

  @Override
  public Optional<String> say(TaskId task, SteeringMessage message) {
    return dispatcher.say(task, message);
  }

  /** Takes tasks that the avatar gives itself. */
  public WorkDesk desk() {
    return new OwnTasks(admission, new WorkerParts(inbox, dispatcher, control, watch));
  }

  /**
   * Takes no more tasks; the running ones continue to their end. Returns at once; may be repeated.
   */
  @Override
  public void drain() {
    if (control.move(WorkerState.NEW, WorkerState.STOPPED)) {
      control.polls();
      dispatcher.shutdown();
      stopped.countDown();
    } else {
      control.drain();
    }
    watch.changed();
  }

  /** Takes no more tasks, and interrupts the running ones. Returns at once; may be repeated. */
  public void interrupt() {
    control.interrupt();
    drain();
    dispatcher.interrupt();
  }

  /** Waits until the worker has stopped, without limit. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Waits for at most {@code limit} until the worker has stopped, and returns whether it has. */
  public boolean awaitStop(Duration limit) throws InterruptedException {
    return stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Waits for at most {@code limit} until the worker asks for messages for the first time, has
   * failed to do so, or has stopped; returns whether one of these is so.
   */
  public boolean awaitFirstPoll(Duration limit) throws InterruptedException {
    return control.awaitFirstPoll(limit);
  }

  /** The state of the worker, which only moves forwards. */
  public WorkerState state() {
    return control.state();
  }

  @Override
  public RunState runState() {
    return switch (control.state()) {
      case NEW -> RunState.NOT_RUNNING;
      case RUNNING -> control.pausedSince().isPresent() ? RunState.PAUSED : RunState.RUNNING;
      case DRAINING -> RunState.DRAINING;
      case STOPPED -> RunState.STOPPED;
    };
  }

  @Override
  public Optional<Instant> startedAt() {
    return watch.startedAt();
  }

  @Override
  public int concurrency() {
    return admission.concurrency();
  }

  @Override
  public List<Waiting> why() {
    return reasons().all();
  }

  @Override
  public List<Waiting> unready() {
    return reasons().unready();
  }

  private Reasons reasons() {
    return new Reasons(control, admission, inbox, watch, budget);
  }

  @Override
  public BackendContact backend() {
    return watch.contact();
  }

  @Override
  public List<String> stuck() {
    if (control.running() && !pollThread.isAlive()) {
      return List.of("the polling thread has ended");
    }
    return watch.stuckSince().stream()
        .map(since -> "the polling thread has made no progress since " + since)
        .toList();
  }

  /** Why the backend refused this avatar, if that stopped the worker. */
  public Optional<UnauthorizedException> refusal() {
    return control.refusal();
  }

  /** How many tasks have ended so far, successfully or not. */
  public int endedTasks() {
    return dispatcher.endedTasks();
  }

  /** Interrupts all tasks, and waits until the worker has stopped. */
  @Override
  public void close() {
    interrupt();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    loop.run();
    control.polls();
    dispatcher.shutdown();
    boolean allEnded = false;
    while (!allEnded) {
      try {
        if (control.interrupted()) {
          dispatcher.interrupt();
        }
        allEnded = dispatcher.awaitEnd(REINTERRUPT_EVERY);
      } catch (InterruptedException e) {
        // Clear the interrupt that ended the last poll.
        Interrupts.take();
      }
    }
    control.move(WorkerState.DRAINING, WorkerState.STOPPED);
    stopped.countDown();
  }
}
