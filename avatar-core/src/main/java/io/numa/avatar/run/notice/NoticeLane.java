package io.numa.avatar.run.notice;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.NoticeJournal;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeReceiver;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the notices of one receiver, one after the other. Used by one thread. */
final class NoticeLane {
  private static final Logger log = LoggerFactory.getLogger(NoticeLane.class);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final NoticeJournal journal;
  private final NoticeReceiver receiver;
  private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private boolean failing;
  private volatile boolean idle;

  /** The key of a notice that the receiver has, while the journal does not know it. */
  private Optional<String> unrecorded = Optional.empty();

  NoticeLane(NoticeJournal journal, NoticeReceiver receiver) {
    this.journal = journal;
    this.receiver = receiver;
  }

  /** Whether there is nothing to send for now. */
  boolean idle() {
    return idle;
  }

  /** Another notice may be there. */
  void posted() {
    idle = false;
  }

  /**
   * Sends the next notice, if there is one.
   *
   * @return how long to pause before the next step, unless something is posted
   */
  Duration step() throws InterruptedException {
    try {
      Optional<Notice> next = journal.nextNotice(receiver.id());
      if (next.isEmpty()) {
        idle = true;
        return IDLE;
      }
      return send(next.get());
    } catch (PortException e) {
      return failed("The journal has trouble with the notices for " + receiver.name(), e);
    }
  }

  private Duration send(Notice notice) throws InterruptedException {
    if (unrecorded.filter(notice.key()::equals).isEmpty()) {
      try {
        receiver.deliver(notice);
      } catch (PortException e) {
        journal.refused(notice.key(), receiver.id());
        return failed(receiver.name() + " did not take a notice", e);
      }
    }
    unrecorded = Optional.of(notice.key());
    journal.delivered(notice.key(), receiver.id());
    unrecorded = Optional.empty();
    backoff.reset();
    if (failing) {
      failing = false;
      log.info("{} takes notices again", receiver.name());
    }
    return Duration.ZERO;
  }

  /** Logs the first of several failures in a row. */
  private Duration failed(String what, PortException e) {
    Duration pause = backoff.next();
    if (failing) {
      log.debug("{}: {}", what, e.getMessage());
    } else {
      log.warn(
          "{}, and gets it later; next try in {}: {}", what, Durations.text(pause), e.getMessage());
    }
    failing = true;
    idle = true;
    return pause;
  }
}
