package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One connection to a database file. Prepares each statement once and keeps it. Safe for use by
 * several threads; their transactions run one after the other.
 */
final class Database implements AutoCloseable {
  /** How long a reader waits for the first connection, in milliseconds. */
  private static final int READER_PATIENCE = 5_000;

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private SynchronousMode synchronous = SynchronousMode.FULL;

  /** The number of transactions that have written. Written under the lock. */
  private volatile long written;

  /** The number of those that are on the disk. */
  private long synced;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Loads the driver, whose formats of dates take long to make. */
  static void prepare() {
    new SQLiteConfig().toProperties();
  }

  /**
   * Opens a file for reading and writing.
   *
   * @param patience how long a call waits for another program that has locked the file
   */
  static Database open(Path file, JournalMode mode, Duration patience) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(mode);
    config.setSynchronous(SynchronousMode.FULL);
    config.enableFullSync(true); // without it, macOS syncs to the drive's cache only
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
    return new Database(file, config.createConnection(url(file)));
  }

  /**
   * Opens the same file once more, to read what is committed while the first connection writes. The
   * file must have a write-ahead log.
   */
  Database reader() {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(READER_PATIENCE);
    try {
      return new Database(file, config.createConnection(url(file)));
    } catch (SQLException e) {
      throw SqliteFailures.translate("read", file, e);
    }
  }

  /**
   * Opens a file for reading, and changes nothing, not even after a crash. Reads an existing
   * write-ahead log, too. SQLite would create a missing one, so in that case the file is opened as
   * immutable.
   */
  static Database look(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    String how = Files.exists(Path.of(file + "-wal")) ? "" : "?immutable=1";
    return new Database(file, config.createConnection(url(file) + how));
  }

  /**
   * The URL of a file. The driver takes the text after a '?' for settings, so the path is escaped
   * in a URI.
   */
  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toUri();
  }

  /** Does some work in one transaction. Returns when the result is on the disk. */
  <T> T write(Work<T> work) {
    return written(SynchronousMode.FULL, work);
  }

  /**
   * Does some work in one transaction, without waiting for the disk. The result survives the end of
   * this process; it survives a crash of the machine only after the next {@link #write}, or when
   * the system has written it.
   */
  <T> T note(Work<T> work) {
    return written(SynchronousMode.NORMAL, work);
  }

  /**
   * Returns when the result of each {@link #note} is on the disk. Others may write meanwhile: it
   * syncs the write-ahead log without SQLite. What is no longer in that log is in the database, and
   * SQLite has synced that before it began the log anew.
   */
  void sync() {
    long reached;
    lock.lock();
    try {
      reached = written;
      if (reached == synced) {
        return;
      }
    } finally {
      lock.unlock();
    }
    // SQLite locks the database and its shared memory, never this file: closing it drops no lock.
    try (var log = FileChannel.open(Path.of(file + "-wal"), StandardOpenOption.WRITE)) {
      log.force(false);
    } catch (IOException e) {
      throw SqliteFailures.translate("sync", file, e);
    }
    lock.lock();
    try {
      synced = Math.max(synced, reached);
    } finally {
      lock.unlock();
    }
  }

  /** How many transactions have written. Does not wait for one. */
  long written() {
    return written;
  }

  /** Reads in one transaction, so all rows are of the same moment. */
  <T> T read(Work<T> work) {
    return transaction("read", SynchronousMode.FULL, "BEGIN", work);
  }

  private <T> T written(SynchronousMode mode, Work<T> work) {
    lock.lock();
    try {
      T result = transaction("write", mode, "BEGIN IMMEDIATE", work);
      long count = written + 1;
      written = count;
      synced = mode == SynchronousMode.FULL ? count : synced;
      return result;
    } finally {
      lock.unlock();
    }
  }

  private <T> T transaction(String verb, SynchronousMode mode, String begin, Work<T> work) {
    lock.lock();
    try {
      synchronise(mode);
      return transaction(begin, work);
    } catch (SQLException e) {
      throw SqliteFailures.translate(verb, file, e);
    } catch (JsonProcessingException e) {
      throw SqliteFailures.translate(verb, file, e);
    } finally {
      lock.unlock();
    }
  }

  private <T> T transaction(String begin, Work<T> work)
      throws SQLException, JsonProcessingException {
    boolean done = false;
    try {
      update(begin);
      T result = work.on(this);
      update("COMMIT");
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack();
      }
    }
  }

  /**
   * Sets how SQLite syncs its write-ahead log: with NORMAL, only when it moves the log to the
   * database.
   */
  private void synchronise(SynchronousMode mode) throws SQLException {
    if (mode != synchronous) {
      update("PRAGMA synchronous = " + mode.getValue());
      synchronous = mode;
    }
  }

  private void rollBack() {
    try {
      forgetStatements();
      update("ROLLBACK");
    } catch (SQLException e) {
      // No transaction was open, or SQLite has rolled back itself, as it does on a full or failing
      // disk.
      forgetStatements();
    }
  }

  /** Forgets the prepared statements: the driver has finalized the one that failed. */
  private void forgetStatements() {
    for (PreparedStatement statement : statements.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // The close repeats the error of the statement.
      }
    }
    statements.clear();
  }

  /** Executes a statement, and returns the number of changed rows. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return prepared(sql, values).executeUpdate();
  }

  /** All rows of a query. */
  <T> List<T> query(String sql, Row<T> row, @Nullable Object... values)
      throws SQLException, JsonProcessingException {
    try (ResultSet rows = prepared(sql, values).executeQuery()) {
      var found = new ArrayList<T>();
      while (rows.next()) {
        found.add(row.of(rows));
      }
      return found;
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteFailures.translate("close", file, e);
    } finally {
      lock.unlock();
    }
  }

  /** The work of one transaction. */
  interface Work<T> {
    T on(Database database) throws SQLException, JsonProcessingException;
  }

  /** Makes a value of a row. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException, JsonProcessingException;
  }
}
