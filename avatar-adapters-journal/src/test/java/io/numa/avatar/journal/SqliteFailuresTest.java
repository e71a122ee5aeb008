package io.numa.avatar.journal;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteFailuresTest {
  private static final Path FILE = Path.of("state", "journal.db");

  @ParameterizedTest
  @CsvSource({
    "SQLITE_FULL, the disk is full",
    "SQLITE_BUSY, another program keeps it locked",
    "SQLITE_BUSY_SNAPSHOT, another program keeps it locked",
    "SQLITE_LOCKED, another program keeps it locked",
    "SQLITE_READONLY, it may only be read",
    "SQLITE_READONLY_DBMOVED, it may only be read",
    "SQLITE_IOERR, the disk failed (SQLITE_IOERR)",
    "SQLITE_IOERR_FSYNC, the disk failed (SQLITE_IOERR_FSYNC)",
    "SQLITE_CORRUPT_INDEX, its file is damaged",
    "SQLITE_NOTADB, its file is damaged",
    "SQLITE_CANTOPEN_ISDIR, its file could not be opened",
    "SQLITE_NOMEM, the database failed (SQLITE_NOMEM)"
  })
  void saysWhatTheDatabaseMeans(SQLiteErrorCode code, String reason) {
    var cause = new SQLiteException("[CODE] text of the library", code);

    assertThat(SqliteFailures.translate("write", FILE, cause))
        .returns(UNAVAILABLE, PortException::kind)
        .hasMessage("could not write the journal '" + FILE + "': " + reason)
        .hasCause(cause);
  }

  @Test
  void saysWhatTheDriverSays() {
    var cause = new SQLException("the statement is not executing");

    assertThat(SqliteFailures.translate("read", FILE, cause))
        .hasMessage(
            "could not read the journal '"
                + FILE
                + "': the database failed (the statement is not executing)");
  }
}
