package io.numa.avatar.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.JournalMode;

class StoredJournalTest {
  private static final Instant NOON = Instant.parse("2025-08-03T12:00:00Z");
  private static final TaskId TASK = new TaskId("7");
  private static final LedgerEntry SPENT =
      new LedgerEntry(
          LocalDate.of(2025, 8, 3),
          new Payer("qwen", "/srv/shop.git"),
          new AgentUsage(1, 0, 0, 100, 0, 0, 10, new BigDecimal("0.25")));

  @TempDir Path directory;
  @TempDir Path other;

  @Test
  void readsWhatAnEndedAvatarHasLeft() throws IOException {
    try (Journal journal = SqliteJournal.open(directory)) {
      write(journal);
    }

    assertReadsWithoutATrace(directory);
  }

  /** The files as they are while an avatar runs are those that a kill leaves. */
  @Test
  void readsWhatAKilledAvatarHasLeft() throws IOException {
    try (Journal journal = SqliteJournal.open(directory)) {
      write(journal);
      Files.copy(directory.resolve("journal.db"), other.resolve("journal.db"));
      Files.copy(directory.resolve("journal.db-wal"), other.resolve("journal.db-wal"));
    }

    assertReadsWithoutATrace(other);
  }

  @Test
  void readsTheJournalOfARunningAvatar() throws IOException {
    try (Journal journal = SqliteJournal.open(directory)) {
      write(journal);

      assertReads(directory);
      journal.begin(Attempt.of(new TaskId("8")), 1);
    }
  }

  @Test
  void readsTheJournalOfAnOlderAvatar() throws IOException {
    try (var file = StoredJournalTest.class.getResourceAsStream("journal-of-4d2e5ed.db")) {
      Files.copy(file, directory.resolve("journal.db"));
    }
    Map<String, byte[]> before = files(directory);

    try (var journal = StoredJournal.read(directory)) {
      assertThat(journal.page(TaskQuery.ALL).tasks())
          .extracting(line -> line.task().value())
          .containsExactly("waiting", "pushed", "failed");
    }

    assertSame(before, files(directory));
  }

  @Test
  void refusesADirectoryWithoutAJournal() throws IOException {
    assertThatThrownBy(() -> StoredJournal.read(directory))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("there is none");
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void refusesANewerJournalByItsName() throws Exception {
    SqliteJournal.open(directory).close();
    Path file = directory.resolve("journal.db");
    try (Database database = Database.open(file, JournalMode.WAL, Duration.ZERO)) {
      database.write(it -> it.update("PRAGMA user_version = 99"));
    }

    assertThatThrownBy(() -> StoredJournal.read(directory))
        .isInstanceOf(StateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("version 99");
  }

  private static void assertReadsWithoutATrace(Path folder) throws IOException {
    Map<String, byte[]> before = files(folder);

    assertReads(folder);

    assertSame(before, files(folder));
  }

  private static void assertReads(Path folder) {
    try (var journal = StoredJournal.read(folder)) {
      TaskLine line = journal.record(TASK).orElseThrow().line();
      assertThat(line.title()).contains("Log in");
      assertThat(line.outcome()).isEqualTo(OutcomeWord.FAILED);
      assertThat(journal.openWork().pausedSince()).contains(NOON);
      assertThat(journal.ledger(SPENT.day())).containsExactly(SPENT);
    }
  }

  private static void write(Journal journal) {
    Attempt attempt = Attempt.of(TASK);
    journal.begin(attempt, 1);
    journal.claimed(
        attempt,
        Optional.of(new TaskDescription("Log in", "dev-7", "1", "do it", Optional.empty())),
        NOON);
    journal.announce(attempt.id(), Updates.testsFailed(1), 0);
    journal.settle(attempt.id(), NOON);
    journal.paid(SPENT);
    journal.pause(NOON);
  }

  private static void assertSame(Map<String, byte[]> before, Map<String, byte[]> after) {
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).isEqualTo(bytes));
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
