package io.numa.avatar.worker;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.time.Interrupts;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Subscribes to a topic and carries out the tasks that it announces, until it is stopped. Safe for
 * use by several threads.
 *
 * <p>One thread polls. Each task runs on a separate thread, at most {@link
 * WorkerSettings#concurrency} at once, and the worker fetches a task only when a slot is free. No
 * message or task can end the worker; it ends by itself only if the backend refuses its
 * credentials.
 */
public final class AvatarWorker implements AutoCloseable {
  /** How often running tasks are re-interrupted at shutdown. */
  private static final Duration REINTERRUPT_EVERY = Duration.ofSeconds(1);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread pollThread = new Thread(this::poll, "avatar-poll");
  private final WorkerControl control = new WorkerControl(pollThread);
  private final Dispatcher dispatcher;
  private final PollLoop loop;

  /**
   * Makes a worker.
   *
   * @param journal the journal that {@code runner} uses, too
   */
  public AvatarWorker(
      WorkerSettings settings,
      MessageSource source,
      TaskRunner runner,
      Journal journal,
      Clock clock) {
    var inbox = new Inbox(journal);
    this.dispatcher = new Dispatcher(new Admission(settings), runner, inbox, control, clock);
    var topic = new TopicPoll(settings, source, inbox, clock);
    this.loop = new PollLoop(inbox, topic, dispatcher, control, clock);
  }

  /** Begins to poll. Call it only once. */
  public void start() {
    if (!control.move(WorkerState.NEW, WorkerState.RUNNING)) {
      throw new IllegalStateException("the worker was started before");
    }
    pollThread.start();
  }

  /**
   * Takes no more tasks; the running ones continue to their end. Returns at once; may be repeated.
   */
  public void drain() {
    if (control.move(WorkerState.NEW, WorkerState.STOPPED)) {
      dispatcher.shutdown();
      stopped.countDown();
    } else {
      control.drain();
    }
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

  public WorkerState state() {
    return control.state();
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
