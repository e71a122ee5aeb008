package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Writes and reads what the operator has ordered: a pause, and the end of tasks. */
final class Orders {
  private Orders() {}

  static int pause(Database database, Instant at) throws SQLException {
    return database.update(
        "INSERT INTO pause (one, since) VALUES (1, ?) ON CONFLICT (one) DO NOTHING",
        at.toEpochMilli());
  }

  static int resume(Database database) throws SQLException {
    return database.update("DELETE FROM pause");
  }

  static Optional<Instant> pausedSince(Database database)
      throws SQLException, JsonProcessingException {
    return database
        .query("SELECT since FROM pause", row -> Instant.ofEpochMilli(row.getLong(1)))
        .stream()
        .findFirst();
  }

  static int cancel(Database database, TaskId task) throws SQLException {
    return database.update(
        "INSERT INTO cancelled (task) VALUES (?) ON CONFLICT (task) DO NOTHING", task.value());
  }

  static boolean isCancelled(Database database, TaskId task)
      throws SQLException, JsonProcessingException {
    return !database
        .query("SELECT 1 FROM cancelled WHERE task = ?", row -> row.getInt(1), task.value())
        .isEmpty();
  }

  /** Forgets the order to end the task of an attempt. */
  static int forget(Database database, AttemptId attempt) throws SQLException {
    return database.update(
        "DELETE FROM cancelled WHERE task = (SELECT task FROM attempt WHERE id = ?)",
        attempt.toString());
  }

  /** Forgets the order to end a task. */
  static int forget(Database database, String task) throws SQLException {
    return database.update("DELETE FROM cancelled WHERE task = ?", task);
  }
}
