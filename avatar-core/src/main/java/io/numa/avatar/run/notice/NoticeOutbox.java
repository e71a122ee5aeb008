package io.numa.avatar.run.notice;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.NoticeJournal;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeReceiver;
import io.numa.avatar.time.Waiter;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps notices in the journal, and sends each to its receivers until they have it: with a thread
 * for each receiver, so that one that is slow or away holds up neither tasks nor other receivers.
 * What is not sent when the process ends, the next one sends. A notice that a receiver has not
 * taken after a week is dropped. Safe for use by several threads.
 */
public final class NoticeOutbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NoticeOutbox.class);

  /** How long notices are kept. Of those that were sent, it is known so that they were. */
  static final Duration KEPT = Duration.ofDays(7);

  /** How long the end of the process waits for what is still to be sent. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final NoticeJournal journal;
  private final Clock clock;
  private final List<Lane> lanes;

  /** A receiver with its thread. */
  private static final class Lane {
    private final NoticeReceiver receiver;
    private final NoticeLane work;
    private final Waiter waiter = new Waiter();
    private final Thread thread;

    Lane(NoticeJournal journal, NoticeReceiver receiver, int number) {
      this.receiver = receiver;
      this.work = new NoticeLane(journal, receiver);
      this.thread = new Thread(this::run, "avatar-notice-" + number);
      thread.setDaemon(true);
    }

    private void run() {
      try {
        while (true) {
          Duration pause = work.step();
          if (pause.compareTo(Duration.ZERO) > 0) {
            boolean ignored = waiter.pause(pause);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        log.error("Internal error; no more notices go to {}", receiver.name(), e);
      }
    }

    boolean wants(Notice notice) {
      return !Collections.disjoint(receiver.events(), notice.events());
    }

    boolean isBusy() {
      return thread.isAlive() && !work.idle();
    }
  }

  /** An outbox that sends nothing before {@link #start}. */
  public NoticeOutbox(NoticeJournal journal, List<NoticeReceiver> receivers, Clock clock) {
    this.journal = journal;
    this.clock = clock;
    this.lanes =
        IntStream.range(0, receivers.size())
            .mapToObj(i -> new Lane(journal, receivers.get(i), i + 1))
            .toList();
  }

  /** Begins to send, also what a previous process has left. Call it only once. */
  public void start() {
    tidy();
    lanes.forEach(lane -> lane.thread.start());
  }

  /**
   * Has a notice sent to those who want it, unless they have it or are about to get it. Returns
   * when the journal has it. Does not throw: a notice that the journal cannot take is lost, and
   * logged.
   */
  public void post(Notice notice) {
    if (notice.at().isBefore(clock.instant().minus(KEPT))) {
      return; // whether it was sent is forgotten
    }
    for (Lane lane : lanes) {
      if (lane.wants(notice)) {
        post(notice, lane);
      }
    }
  }

  private void post(Notice notice, Lane lane) {
    try {
      if (journal.post(notice, lane.receiver.id())) {
        lane.work.posted();
        lane.waiter.wake();
        tidy();
      }
    } catch (PortException e) {
      log.error("A notice for {} is lost: {}", lane.receiver.name(), e.getMessage());
    }
  }

  private void tidy() {
    try {
      int dropped = journal.forgetNotices(clock.instant().minus(KEPT));
      if (dropped > 0) {
        log.error("{} notices are dropped, as no receiver has taken them in a week", dropped);
      }
    } catch (PortException e) {
      log.warn("Old notices stay in the journal: {}", e.getMessage());
    }
  }

  /** Waits some seconds until everything is sent, and ends the threads. */
  @Override
  public void close() {
    try {
      var waiter = new Waiter();
      for (long left = LAST_WORDS.dividedBy(LOOK_EVERY); left > 0 && isBusy(); left--) {
        boolean ignored = waiter.pause(LOOK_EVERY);
      }
      lanes.forEach(lane -> lane.thread.interrupt());
      for (Lane lane : lanes) {
        lane.thread.join(LAST_WORDS.toMillis());
      }
    } catch (InterruptedException e) {
      lanes.forEach(lane -> lane.thread.interrupt());
      Thread.currentThread().interrupt();
    }
  }

  private boolean isBusy() {
    return lanes.stream().anyMatch(Lane::isBusy);
  }
}
