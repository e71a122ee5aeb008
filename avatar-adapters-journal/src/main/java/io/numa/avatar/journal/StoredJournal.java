package io.numa.avatar.journal;

import io.numa.avatar.port.journal.HistoryJournal;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.TaskHistory;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The journal of an avatar that does not run. It takes no lock, and creates and changes nothing in
 * the state directory. A journal that a killed avatar has left with a write-ahead log, or that an
 * older avatar has left, is copied to a temporary folder and read there. Safe for use by several
 * threads.
 */
public final class StoredJournal implements TaskHistory, AutoCloseable {
  private final Path scratch;
  private final Database database;

  private StoredJournal(Path scratch, Database database) {
    this.scratch = scratch;
    this.database = database;
  }

  /**
   * Opens the journal in a state directory to read it.
   *
   * @throws StateException if there is none, or if it is damaged, of a newer version, or no journal
   */
  public static StoredJournal read(Path stateDirectory) {
    Path scratch = scratch();
    boolean done = false;
    try {
      var journal = new StoredJournal(scratch, JournalFile.read(stateDirectory, scratch));
      done = true;
      return journal;
    } finally {
      if (!done) {
        remove(scratch);
      }
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("numa-journal");
    } catch (IOException e) {
      throw new StateException(
          "could not make a temporary folder to read the journal: " + FileFailures.reason(e), e);
    }
  }

  @Override
  public TaskPage page(TaskQuery query) {
    return database.read(it -> Pages.read(it, query));
  }

  @Override
  public Optional<TaskRecord> record(TaskId task) {
    return database.read(it -> Tasks.record(it, task));
  }

  @Override
  public OpenWork openWork() {
    return database.read(Tasks::openWork);
  }

  @Override
  public List<LedgerEntry> ledger(LocalDate from) {
    return database.read(it -> Ledger.from(it, from));
  }

  /** The version of the journal's tables, as this version of the avatar reads them. */
  public int schema() {
    return database.read(Schema::version);
  }

  /** The ended tasks; none of them can be forgotten. */
  public HistoryJournal ended() {
    return new StoredHistory(database);
  }

  @Override
  public void close() {
    try {
      database.close();
    } finally {
      remove(scratch);
    }
  }

  /** Removes a folder of files and of folders with files. */
  private static void remove(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry)) {
          remove(entry);
        } else {
          Files.deleteIfExists(entry);
        }
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // The system removes what is left in its temporary folder.
    }
  }
}
