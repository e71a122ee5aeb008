package io.numa.avatar.run.notice;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has people told of the outcomes of tasks, as soon as the journal has them and before the backend
 * does.
 */
public final class OutcomeNotices implements RunListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutcomeNotices.class);

  private final Journal journal;
  private final NoticeWriter writer;
  private final NoticeOutbox outbox;

  public OutcomeNotices(Journal journal, NoticeWriter writer, NoticeOutbox outbox) {
    this.journal = journal;
    this.writer = writer;
    this.outbox = outbox;
  }

  /**
   * Begins to send, also what a previous process has left, or was killed before it could post. Call
   * it only once.
   */
  public void start() {
    outbox.start();
    try {
      journal.open().forEach(this::post);
    } catch (PortException e) {
      log.error("No notices are sent of what a previous process has done: {}", e.getMessage());
    }
  }

  @Override
  public void reporting(TaskId task, TaskOutcome outcome) {
    try {
      journal.find(task).ifPresent(this::post);
    } catch (PortException e) {
      log.error("No notice is sent of task {}: {}", task, e.getMessage());
    }
  }

  /** Waits some seconds until everything is sent, and ends. */
  @Override
  public void close() {
    outbox.close();
  }

  private void post(JournaledAttempt attempt) {
    if (attempt.ended()) {
      writer.outcome(attempt, journal.record(attempt.attempt().task())).ifPresent(outbox::post);
    }
  }
}
