package io.numa.avatar.journal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.JournalMode;

/**
 * The database's file in a locked state directory. A new file is written under another name and
 * then renamed, so every existing file was complete at first. A damaged file stays unchanged.
 */
final class JournalFile {
  private static final String NAME = "journal.db";

  /** How long a reader waits for another program that has locked the file. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How often a journal is copied that changes meanwhile. */
  private static final int MAX_COPIES = 5;

  private final Path directory;
  private final Path file;
  private final Path named;
  private final Duration patience;

  /**
   * @param named the file that messages name
   */
  private JournalFile(Path directory, Path named, Duration patience) {
    this.directory = directory;
    this.named = named;
    this.patience = patience;
    this.file = directory.resolve(NAME);
  }

  /**
   * Opens the journal, and makes an empty one if there is none.
   *
   * @throws StateException if the existing file cannot be used
   */
  static Database open(Path directory, Duration patience) {
    return new JournalFile(directory, directory.resolve(NAME), patience).open();
  }

  /** How many bytes the files of the journal have; those that cannot be read count as none. */
  static long size(Path directory) {
    return Stream.of("", "-wal", "-shm")
        .map(end -> directory.resolve(NAME + end))
        .mapToLong(JournalFile::bytes)
        .sum();
  }

  private static long bytes(Path part) {
    try {
      return Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Opens the journal that an avatar has left, to read it, and changes nothing in its directory.
   *
   * @param scratch an empty folder for copies
   * @throws StateException if there is none, or if it cannot be used
   */
  static Database read(Path directory, Path scratch) {
    return new JournalFile(directory, directory.resolve(NAME), PATIENCE).read(scratch);
  }

  private Database read(Path scratch) {
    try {
      loadLibrary(scratch);
      if (!Files.exists(file)) {
        throw failure("there is none", "an avatar makes it at its first start");
      }
      if (!Files.exists(beside("-wal"))) {
        check();
        if (isCurrent()) {
          return Database.look(file);
        }
      }
      copy(scratch);
      return new JournalFile(scratch, file, patience).open();
    } catch (SQLException e) {
      throw failure(SqliteFailures.reason(e), "", e);
    } catch (IOException e) {
      throw failure(FileFailures.reason(e), "", e);
    }
  }

  /** A temporary folder may be mounted noexec; the avatar has a folder of its own for it then. */
  private void loadLibrary(Path scratch) throws IOException {
    try {
      NativeLibrary.load(scratch.resolve("native"));
    } catch (IOException e) {
      if (!Files.isDirectory(directory.resolve("native"))) {
        throw e;
      }
      NativeLibrary.load(directory.resolve("native"));
    }
  }

  private boolean isCurrent() throws SQLException {
    try (Database database = Database.look(file)) {
      return database.read(Schema::version) == Schema.STEPS.size();
    }
  }

  /**
   * Copies the journal with its write-ahead log, which SQLite would otherwise move into the
   * journal. Copies again if an avatar has written meanwhile.
   */
  private void copy(Path scratch) throws IOException {
    String before;
    int tries = 0;
    do {
      before = stamp();
      Files.copy(file, scratch.resolve(NAME), REPLACE_EXISTING);
      if (Files.exists(beside("-wal"))) {
        Files.copy(beside("-wal"), scratch.resolve(NAME + "-wal"), REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(scratch.resolve(NAME + "-wal"));
      }
    } while (!stamp().equals(before) && ++tries < MAX_COPIES);
  }

  private String stamp() throws IOException {
    Path log = beside("-wal");
    return stamp(file) + (Files.exists(log) ? stamp(log) : "");
  }

  private static String stamp(Path each) throws IOException {
    return Files.getLastModifiedTime(each) + " " + Files.size(each) + " ";
  }

  private Database open() {
    try {
      NativeLibrary.load(directory.resolve("native"));
      if (Files.exists(file)) {
        check();
      } else {
        create();
      }
      return migrated();
    } catch (SQLException e) {
      throw failure(SqliteFailures.reason(e), "", e);
    } catch (IOException e) {
      throw failure(FileFailures.reason(e), "", e);
    } catch (PortException e) {
      throw new StateException(e.getMessage(), e);
    }
  }

  private Database migrated() throws SQLException {
    Database database = Database.open(file, JournalMode.WAL, patience);
    boolean done = false;
    try {
      Schema.migrate(database, Schema.STEPS);
      done = true;
      return database;
    } finally {
      if (!done) {
        database.close();
      }
    }
  }

  private void create() throws IOException, SQLException {
    if (Files.exists(beside("-wal"))) {
      throw failure(
          "it is gone, although its '" + beside("-wal") + "' is there",
          "put it back, or move that file away, too, to begin with an empty journal");
    }
    Path made = beside(".new");
    Files.deleteIfExists(made);
    Files.deleteIfExists(beside(".new-journal"));
    PrivateFiles.file(made).close();
    try (Database database = Database.open(made, JournalMode.DELETE, patience)) {
      Schema.migrate(database, Schema.STEPS);
    }
    Files.move(made, file, ATOMIC_MOVE);
    PrivateFiles.sync(directory);
  }

  private Path beside(String end) {
    return directory.resolve(NAME + end);
  }

  private void check() throws IOException, SQLException {
    if (Files.size(file) == 0) {
      throw damaged("it is empty", null);
    }
    try (Database database = Database.look(file)) {
      check(database);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no documents are read here", e);
    } catch (SQLException e) {
      if (SqliteFailures.damaged(e)) {
        throw damaged("it is damaged, or no journal at all", e);
      }
      throw e;
    }
  }

  private void check(Database database) throws SQLException, JsonProcessingException {
    if (Schema.application(database) != Schema.APPLICATION) {
      throw failure(
          "it is another program's database",
          "move it away, or give this avatar another avatar.state_dir");
    }
    int version = Schema.version(database);
    if (version > Schema.STEPS.size()) {
      throw failure(
          "it is of version "
              + version
              + ", and this avatar knows none after "
              + Schema.STEPS.size(),
          "start the newer avatar that wrote it, or give this one another avatar.state_dir");
    }
    List<String> problems = database.query("PRAGMA quick_check(1)", row -> row.getString(1));
    if (!problems.equals(List.of("ok"))) {
      throw damaged("it is damaged: " + problems.get(0), null);
    }
  }

  private StateException damaged(String reason, @Nullable Exception cause) {
    return failure(
        reason,
        "put back a copy of it, or move it away with its -wal to begin with an empty journal,"
            + " which knows nothing of the tasks before",
        cause);
  }

  private StateException failure(String reason, String remedy) {
    return failure(reason, remedy, null);
  }

  private StateException failure(String reason, String remedy, @Nullable Exception cause) {
    return new StateException(
        "could not use the journal '"
            + named
            + "': "
            + reason
            + (remedy.isEmpty() ? "" : "; " + remedy),
        cause);
  }
}
