package io.numa.avatar.journal;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.contract.journal.JournalContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {
  @TempDir Path directory;
  private SqliteJournal journal;

  @BeforeEach
  void open() {
    journal = SqliteJournal.open(directory);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Override
  protected Journal journal() {
    return journal;
  }

  @Test
  void promisesToOutlastTheProcess() {
    assertThat(journal.durable()).isTrue();
  }

  @Test
  void readsARecordOnceForAllWatchersUntilItWrites() throws Exception {
    var attempt = Attempt.of(new TaskId("1"));
    journal.begin(attempt, 1);
    journal.claimed(attempt, Optional.empty(), Instant.EPOCH);

    assertThat(recordsReadBy(50)).hasSize(1);
    assertThat(journal.openWork()).isSameAs(journal.openWork());
    journal.announce(attempt.id(), Updates.begun(1), 0);
    assertThat(recordsReadBy(50)).hasSize(1).noneMatch(it -> it.attempts().get(0).last().isEmpty());
  }

  /** Each of many threads reads the record; returns the different objects that they got. */
  private Set<TaskRecord> recordsReadBy(int watchers) throws Exception {
    Set<TaskRecord> read = Collections.newSetFromMap(new IdentityHashMap<>());
    var reading = new ArrayList<FutureTask<TaskRecord>>();
    for (int i = 0; i < watchers; i++) {
      reading.add(new FutureTask<>(() -> journal.record(new TaskId("1")).orElseThrow()));
    }
    reading.forEach(task -> new Thread(task).start());
    for (FutureTask<TaskRecord> task : reading) {
      read.add(task.get());
    }
    return read;
  }

  /** The log is taken away, so that it can be seen when it is asked for. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void syncsWhatIsNotOnTheDiskYet() throws Exception {
    var attempt = Attempt.of(new TaskId("1"));
    journal.begin(attempt, 1);
    Files.delete(directory.resolve("journal.db-wal"));

    journal.sync();
    journal.announce(attempt.id(), Updates.begun(1), 0);
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(journal::sync)
        .returns(UNAVAILABLE, PortException::kind)
        .withMessageStartingWith("could not sync the journal '");
    journal.claimed(attempt);
    journal.sync();

    assertThat(journal.find(new TaskId("1"))).get().returns(1, it -> it.reports().size());
  }
}
