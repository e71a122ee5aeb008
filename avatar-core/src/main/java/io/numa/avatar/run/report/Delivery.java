package io.numa.avatar.run.report;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.text.OutageNotice;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.Backoff;
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
  private final OutageNotice notice;

  Delivery(TaskId task) {
    this.task = task;
    this.notice = new OutageNotice(log, "sending the reports of task " + task);
  }

  /**
   * Tries until the backend accepts the report or refuses it for good, and returns whether it has
   * accepted it. After a refused report, the caller goes on with the next one.
   *
   * @throws RequestTooLargeException if a smaller report may be accepted
   */
  boolean deliver(String what, Call delivery) throws InterruptedException {
    while (true) {
      try {
        delivery.make();
        notice.succeeded();
        backoff.reset();
        return true;
      } catch (TaskTakenException | UnauthorizedException | RequestTooLargeException e) {
        throw e;
      } catch (PortException e) {
        if (!e.retryable()) {
          log.error("The backend refused {} of task {}: {}", what, task, e.getMessage());
          backoff.reset();
          return false;
        }
        pauseAfter(e);
      } catch (RuntimeException e) {
        log.error("Internal error: {} of task {} is not sent; the next reports are", what, task, e);
        backoff.reset();
        return false;
      }
    }
  }

  private void pauseAfter(PortException failure) throws InterruptedException {
    Duration pause = backoff.next();
    notice.failed(failure, pause);
    new Waiter().pause(pause);
  }
}
