package io.numa.avatar.journal;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Turns the database's errors into messages for the operator. */
final class SqliteFailures {
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private SqliteFailures() {}

  /**
   * @param verb the failed operation: read or write
   */
  static PortException translate(String verb, Path file, SQLException e) {
    return failure(verb, file, reason(e), e);
  }

  static PortException translate(String verb, Path file, JsonProcessingException e) {
    return failure(verb, file, "a record in it makes no sense: " + e.getOriginalMessage(), e);
  }

  static PortException translate(String verb, Path file, IOException e) {
    return failure(verb, file, FileFailures.reason(e), e);
  }

  private static PortException failure(String verb, Path file, String reason, Exception cause) {
    return new PortException(
        UNAVAILABLE, "could not " + verb + " the journal '" + file + "': " + reason, cause);
  }

  static String reason(SQLException e) {
    return switch (code(e)) {
      case BUSY, LOCKED -> "another program keeps it locked";
      case READONLY -> "it may only be read";
      case IOERR -> "the disk failed (" + name(e) + ")";
      case CORRUPT, NOTADB -> "its file is damaged";
      case FULL -> "the disk is full";
      case CANTOPEN -> "its file could not be opened";
      default -> "the database failed (" + name(e) + ")";
    };
  }

  /** Whether the error means that the file is damaged. */
  static boolean damaged(SQLException e) {
    return code(e) == CORRUPT || code(e) == NOTADB;
  }

  /** The kind of error; its low byte, as the rest only refines it (sqlite.org/rescode.html). */
  private static int code(SQLException e) {
    return e instanceof SQLiteException known ? known.getResultCode().code & 0xff : 0;
  }

  private static String name(SQLException e) {
    return e instanceof SQLiteException known
        ? known.getResultCode().name()
        : String.valueOf(e.getMessage());
  }
}
