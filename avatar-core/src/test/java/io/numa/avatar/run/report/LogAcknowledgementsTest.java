package io.numa.avatar.run.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.ReportJournal;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogAcknowledgementsTest {
  private final Offsets journal = new Offsets();
  private final SetTime time = new SetTime();
  private final LogAcknowledgements acknowledgements =
      new LogAcknowledgements(new DeliveryRecord(journal, Attempt.of(new TaskId("7"))), time);

  private static final class SetTime implements TimeSource {
    private long nanos = -7;

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public long nanoTime() {
      return nanos;
    }
  }

  private static final class Offsets implements ReportJournal {
    private final List<Long> written = new ArrayList<>();
    private boolean full;

    @Override
    public void acknowledged(AttemptId attempt, long offset) {
      if (full) {
        throw new PortException(FailureKind.INTERNAL, "the disk is full");
      }
      written.add(offset);
    }

    @Override
    public void claimed(Attempt attempt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void claimed(Attempt attempt, Optional<TaskDescription> task, Instant startedAt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void announce(AttemptId attempt, StatusUpdate update, long logEnd) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sync() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void told(AttemptId attempt, int sequence) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void writesAtMostOnceInAQuarterOfASecond() {
    for (int end = 1; end <= 1000; end++) {
      acknowledgements.note(end);
      pass(Duration.ofMillis(1));
    }

    assertThat(journal.written).containsExactly(1L, 251L, 501L, 751L);
  }

  @Test
  void writesTheLastOneOnceWhenItIsAskedTo() {
    acknowledgements.note(10);
    acknowledgements.note(20);
    acknowledgements.note(30);

    acknowledgements.write();
    acknowledgements.write();

    assertThat(journal.written).containsExactly(10L, 30L);
  }

  /** The reports go on: what is not recorded is sent again after a restart. */
  @Test
  void goesOnWhenTheJournalFails() {
    journal.full = true;
    acknowledgements.note(10);
    journal.full = false;
    pass(LogAcknowledgements.PAUSE);
    acknowledgements.note(20);

    assertThat(journal.written).containsExactly(20L);
  }

  private void pass(Duration duration) {
    time.nanos += duration.toNanos();
  }
}
