package io.numa.avatar.journal;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.task.TaskMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.JournalMode;

class FailingDiskTest {
  @TempDir Path directory;
  @TempDir Path other;

  /** Needs the right to mount; {@link #goesOnWhenItMayGrowAgain} does not. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void goesOnWhenAFullDiskHasRoomAgain() throws Exception {
    assumeThat(system("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", directory.toString()))
        .isZero();
    try {
      try (var journal = SqliteJournal.open(directory)) {
        int before = writeUntilFull(journal, 1);
        assertThat(written(journal)).isEqualTo(before);

        assertThat(system("mount", "-o", "remount,size=8m", directory.toString())).isZero();
        // The disk was full at this message or at its attempt.
        journal.accept(List.of(ChildJournal.announcement(before + 1)));
        journal.begin(ChildJournal.attempt(before + 1), 1);
        assertThat(written(journal)).isEqualTo(before + 1);

        int again = writeUntilFull(journal, before + 2);
        assertThat(again).isGreaterThan(before + 1);
        assertThat(written(journal)).isEqualTo(again);
      }
      assertThat(system("mount", "-o", "remount,size=32m", directory.toString())).isZero();
      try (var journal = SqliteJournal.open(directory)) {
        assertThat(written(journal)).isGreaterThan(1);
        assertThat(accepted(journal)).isEmpty();
      }
      assertThat(integrity(directory.resolve("journal.db"))).isEqualTo("ok");
    } finally {
      assertThat(system("umount", directory.toString())).isZero();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysThatThereIsNoRoomToBegin() throws Exception {
    SqliteJournal.open(other).close();
    assumeThat(system("mount", "-t", "tmpfs", "-o", "size=1300k", "tmpfs", directory.toString()))
        .isZero();
    try {
      Files.write(directory.resolve("ballast"), new byte[1_300_000]);

      assertThatExceptionOfType(StateException.class)
          .isThrownBy(() -> SqliteJournal.open(directory))
          .withMessageEndingWith(": the disk is full");
      assertThat(directory.resolve("journal.db")).doesNotExist();

      assertThat(system("mount", "-o", "remount,size=8m", directory.toString())).isZero();
      try (var journal = SqliteJournal.open(directory)) {
        assertThat(journal.open()).isEmpty();
      }
    } finally {
      assertThat(system("umount", directory.toString())).isZero();
    }
  }

  @Test
  void goesOnWhenItMayGrowAgain() throws Exception {
    Path file = directory.resolve("journal.db");
    SqliteJournal.open(directory).close();
    try (var database = Database.open(file, JournalMode.WAL, Duration.ZERO)) {
      limit(database, 30);
      int before = 0;
      while (begins(database, before + 1)) {
        before++;
      }
      assertThat(before).isPositive();
      assertThat(database.<List<JournaledAttempt>>read(Attempts::open)).hasSize(before);

      limit(database, 1_000_000);

      assertThat(begins(database, before + 1)).isTrue();
      assertThat(database.<List<JournaledAttempt>>read(Attempts::open)).hasSize(before + 1);
    }
    assertThat(integrity(file)).isEqualTo("ok");
  }

  @Test
  void goesOnWhenAnotherProgramHasLetGo() throws Exception {
    try (var journal = SqliteJournal.open(directory, Duration.ofMillis(50));
        var other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
        var sql = other.createStatement()) {
      sql.execute("BEGIN IMMEDIATE");
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> journal.begin(ChildJournal.attempt(1), 1))
          .returns(UNAVAILABLE, PortException::kind)
          .withMessage(
              "could not write the journal '"
                  + directory.resolve("journal.db")
                  + "': another program keeps it locked");

      sql.execute("COMMIT");

      journal.begin(ChildJournal.attempt(1), 1);
      assertThat(written(journal)).isEqualTo(1);
    }
  }

  @Test
  void writesNothingThatMayOnlyBeRead() throws Exception {
    SqliteJournal.open(directory).close();

    try (var database = Database.look(directory.resolve("journal.db"))) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> begins(database, 1))
          .withMessageEndingWith("it may only be read");
      assertThat(database.<List<JournaledAttempt>>read(Attempts::open)).isEmpty();
    }
  }

  @Test
  void undoesWhatABrokenCallHasDone() {
    SqliteJournal.open(directory).close();
    Path file = directory.resolve("journal.db");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () -> {
              try (var database = Database.open(file, JournalMode.WAL, Duration.ZERO)) {
                database.write(
                    it -> {
                      Attempts.begin(it, ChildJournal.attempt(1), 1);
                      throw new IllegalStateException("a defect");
                    });
              }
            })
        .withMessage("a defect");
    try (var journal = SqliteJournal.open(directory)) {
      assertThat(journal.open()).isEmpty();
    }
  }

  /** Writes until the disk is full, and returns the last written number. */
  private int writeUntilFull(SqliteJournal journal, int from) {
    for (int i = from; i < 100_000; i++) {
      try {
        journal.accept(List.of(ChildJournal.announcement(i)));
        journal.begin(ChildJournal.attempt(i), 1);
      } catch (PortException e) {
        assertThat(e)
            .returns(UNAVAILABLE, PortException::kind)
            .hasMessage(
                "could not write the journal '"
                    + directory.resolve("journal.db")
                    + "': the disk is full");
        return i - 1;
      }
    }
    throw new AssertionError("the disk was never full");
  }

  /** The number of attempts; asserts that they are numbered from 1 without a gap. */
  private static int written(SqliteJournal journal) {
    var open = journal.open();
    assertThat(open)
        .extracting(JournaledAttempt::attempt)
        .isEqualTo(IntStream.rangeClosed(1, open.size()).mapToObj(ChildJournal::attempt).toList());
    return open.size();
  }

  /**
   * Accepts the messages of all attempts again, and returns those that the journal takes as new.
   */
  private static List<TaskMessage> accepted(SqliteJournal journal) {
    return journal.accept(
        IntStream.rangeClosed(1, written(journal) - 10)
            .<TaskMessage>mapToObj(ChildJournal::announcement)
            .toList());
  }

  private static boolean begins(Database database, int i) {
    try {
      return database.write(it -> Attempts.begin(it, ChildJournal.attempt(i), 1)) > 0;
    } catch (PortException e) {
      if (e.getMessage().endsWith("the disk is full")) {
        return false;
      }
      throw e;
    }
  }

  private static void limit(Database database, int pages) throws Exception {
    database.query("PRAGMA max_page_count = " + pages, row -> row.getInt(1));
  }

  private static String integrity(Path file) throws Exception {
    try (var database = Database.look(file)) {
      return database.query("PRAGMA integrity_check", row -> row.getString(1)).get(0);
    }
  }

  private static int system(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
