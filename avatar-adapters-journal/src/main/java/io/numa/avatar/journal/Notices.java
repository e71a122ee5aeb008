package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.journal.NoticeJournal;
import io.numa.avatar.port.notice.Notice;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Writes and reads the notices for each receiver. */
final class Notices {
  private Notices() {}

  static boolean post(Database database, Notice notice, String receiver)
      throws SQLException, JsonProcessingException {
    return database.update(
            """
            INSERT INTO notice (key, receiver, at, document) VALUES (?, ?, ?, ?)
            ON CONFLICT (key, receiver) DO NOTHING""",
            notice.key(),
            receiver,
            notice.at().toEpochMilli(),
            Documents.write(notice))
        > 0;
  }

  static Optional<Notice> next(Database database, String receiver)
      throws SQLException, JsonProcessingException {
    return database
        .query(
            """
            SELECT document FROM notice WHERE receiver = ? AND NOT delivered
            ORDER BY tries / ?, number LIMIT 1""",
            row -> Documents.read(Notice.class, row.getString(1)),
            receiver,
            NoticeJournal.TRIES_IN_ORDER)
        .stream()
        .findFirst();
  }

  static int refused(Database database, String key, String receiver) throws SQLException {
    return database.update(
        "UPDATE notice SET tries = tries + 1 WHERE key = ? AND receiver = ?", key, receiver);
  }

  static int delivered(Database database, String key, String receiver) throws SQLException {
    return database.update(
        "UPDATE notice SET delivered = TRUE WHERE key = ? AND receiver = ?", key, receiver);
  }

  static int forget(Database database, Instant before) throws SQLException {
    int unsent =
        database.update("DELETE FROM notice WHERE NOT delivered AND at < ?", before.toEpochMilli());
    database.update("DELETE FROM notice WHERE at < ?", before.toEpochMilli());
    return unsent;
  }
}
