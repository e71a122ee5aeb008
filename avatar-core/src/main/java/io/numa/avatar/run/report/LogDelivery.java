package io.numa.avatar.run.report;

import static io.numa.avatar.port.LogChunk.length;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.run.log.RunLog;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers an attempt's log in batches. A batch that is refused for its size is sent in smaller
 * ones. In place of a batch that is refused in any case, a line tells of the gap. Not thread-safe.
 */
final class LogDelivery {
  private static final Logger log = LoggerFactory.getLogger(LogDelivery.class);

  private static final String PART = "a part of the log";
  private static final String SHORT_NOTE = "[lost]";

  private final LeaseKeeper lease;
  private final StatusReporter reporter;
  private final UnsentLog unsent;
  private final BatchSize size;
  private final Delivery delivery;

  LogDelivery(
      LeaseKeeper lease,
      StatusReporter reporter,
      UnsentLog unsent,
      BatchSize size,
      Delivery delivery) {
    this.lease = lease;
    this.reporter = reporter;
    this.unsent = unsent;
    this.size = size;
    this.delivery = delivery;
  }

  /** Delivers the next batch before {@code end}, or makes the next batches smaller. */
  void deliverNext(long end) throws InterruptedException {
    try {
      if (!delivery.deliver(PART, () -> appendNext(end))) {
        tellOfGap(true);
      }
      unsent.settle();
    } catch (RequestTooLargeException e) {
      Optional<LogChunk> refused = unsent.taken();
      if (refused.isPresent() && !size.halve(refused.get())) {
        log.error(
            "The backend refused {} of task {}: {}", PART, lease.attempt().task(), e.getMessage());
        tellOfGap(false);
        unsent.settle();
      }
    }
  }

  private void appendNext(long end) throws InterruptedException {
    LogChunk batch = unsent.take(end);
    long start = lease.time().nanoTime();
    try {
      append(batch);
      size.accepted(batch, lease.time().since(start));
    } catch (PortException e) {
      // A batch that is refused would be refused in smaller ones, too.
      if (e.retryable()) {
        size.failed();
      }
      throw e;
    }
  }

  private void append(LogChunk batch) throws InterruptedException {
    reporter.append(lease.attempt(), batch);
  }

  /**
   * Sends a line in place of the batch that was taken last.
   *
   * @param filled whether the line fills the gap with spaces, as some backends refuse a log with a
   *     gap
   */
  private void tellOfGap(boolean filled) throws InterruptedException {
    if (unsent.taken().isEmpty()) {
      return;
    }
    LogChunk lost = unsent.taken().get();
    // The rest of a line that began in the gap could look like a line of the avatar.
    String end = lost.text().endsWith("\n") ? "\n" : "\n" + RunLog.MARK;
    long bytes = lost.end() - lost.offset();
    long room = bytes - length(end);
    String note = note(bytes, room);
    String text = filled ? note + " ".repeat((int) Math.max(0, room - length(note))) : note;
    if (length(text) <= room) {
      try {
        delivery.deliver(
            "the line about a gap in the log",
            () -> append(new LogChunk(lost.offset(), text + end)));
      } catch (RequestTooLargeException e) {
        log.debug("The log of task {} has a gap without a line", lease.attempt().task(), e);
      }
    }
  }

  private static String note(long bytes, long room) {
    String whole = "[" + bytes + " bytes of the log are missing here: the backend refused them]";
    return length(whole) <= room ? whole : SHORT_NOTE;
  }
}
