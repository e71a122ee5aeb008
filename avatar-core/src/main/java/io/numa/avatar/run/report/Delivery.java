package io.numa.avatar.run.report;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.Waiter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the reports of a task one after the other, however long the backend is down. Not
 * thread-safe.
 */
final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  /** One try to deliver a report. */
  @FunctionalInterface
  interface Call {
    void make() throws InterruptedException;
  }

  private final TaskId task;
  private final Backoff backoff = Backoff.ofBackend();

  Delivery(TaskId task) {
    this.task = task;
  }

  /**
   * Tries until the backend accepts the report or refuses it for good. After a refused report, the
   * caller goes on with the next one.
   */
  void deliver(String what, Call delivery) throws InterruptedException {
    while (true) {
      try {
        delivery.make();
        break;
      } catch (TaskTakenException | UnauthorizedException e) {
        throw e;
      } catch (PortException e) {
        if (!e.retryable()) {
          log.error("The backend refused {} of task {}: {}", what, task, e.getMessage());
          break;
        }
        pauseAfter(e, what);
      } catch (RuntimeException e) {
        log.error("Internal error: {} of task {} is not sent; the next reports are", what, task, e);
        break;
      }
    }
    backoff.reset();
  }

  private void pauseAfter(PortException failure, String what) throws InterruptedException {
    Duration pause = backoff.next();
    log.warn(
        "Could not deliver {} of task {}, next try in {}: {}",
        what,
        task,
        Durations.text(pause),
        failure.getMessage());
    new Waiter().pause(pause);
  }
}
