package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.JournaledAttempt.Report;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The attempts in the database, each with its reports, until it is settled. */
final class Attempts {
  private Attempts() {}

  static int begin(Database database, Attempt attempt, int number)
      throws SQLException, JsonProcessingException {
    database.update(
        "DELETE FROM attempt WHERE task = ? OR id = ?",
        attempt.task().value(),
        attempt.id().toString());
    return database.update(
        "INSERT INTO attempt (id, task, number, lease) VALUES (?, ?, ?, ?)",
        attempt.id().toString(),
        attempt.task().value(),
        number,
        Documents.write(attempt.lease()));
  }

  static int claimed(Database database, Attempt attempt)
      throws SQLException, JsonProcessingException {
    return database.update(
        "UPDATE attempt SET claimed = TRUE, lease = ? WHERE id = ?",
        Documents.write(attempt.lease()),
        attempt.id().toString());
  }

  /** Keeps an existing row: it may have been sent already. */
  static int announce(Database database, AttemptId attempt, StatusUpdate update, long logEnd)
      throws SQLException, JsonProcessingException {
    return database.update(
        """
        INSERT INTO report (attempt, sequence, log_end, final, document)
        SELECT id, ?, ?, ?, ? FROM attempt
        WHERE id = ? AND NOT EXISTS (SELECT * FROM report WHERE attempt = attempt.id AND final)
        ON CONFLICT (attempt, sequence) DO NOTHING""",
        update.sequence(),
        logEnd,
        update.finishedAt().isPresent(),
        Documents.write(update),
        attempt.toString());
  }

  static int committed(Database database, AttemptId attempt, PendingPush push)
      throws SQLException, JsonProcessingException {
    return database.update(
        "UPDATE attempt SET push = ?, pushed = FALSE WHERE id = ?",
        Documents.write(push),
        attempt.toString());
  }

  static int pushed(Database database, AttemptId attempt) throws SQLException {
    return database.update("UPDATE attempt SET pushed = TRUE WHERE id = ?", attempt.toString());
  }

  static int acknowledged(Database database, AttemptId attempt, long offset) throws SQLException {
    return database.update(
        "UPDATE attempt SET acknowledged = ? WHERE id = ?", offset, attempt.toString());
  }

  static int told(Database database, AttemptId attempt, int sequence) throws SQLException {
    return database.update(
        "UPDATE report SET told = TRUE WHERE attempt = ? AND sequence = ?",
        attempt.toString(),
        sequence);
  }

  static int settle(Database database, AttemptId attempt) throws SQLException {
    return database.update("DELETE FROM attempt WHERE id = ?", attempt.toString());
  }

  static List<JournaledAttempt> open(Database database)
      throws SQLException, JsonProcessingException {
    return database.query("SELECT * FROM attempt ORDER BY place", row -> attempt(row, database));
  }

  static Optional<JournaledAttempt> find(Database database, TaskId task)
      throws SQLException, JsonProcessingException {
    return database
        .query("SELECT * FROM attempt WHERE task = ?", row -> attempt(row, database), task.value())
        .stream()
        .findFirst();
  }

  private static JournaledAttempt attempt(ResultSet row, Database database)
      throws SQLException, JsonProcessingException {
    String id = row.getString("id");
    return new JournaledAttempt(
        new Attempt(
            new TaskId(row.getString("task")),
            new AttemptId(UUID.fromString(id)),
            Documents.readOptional(Lease.class, row.getString("lease"))),
        row.getInt("number"),
        row.getBoolean("claimed"),
        reports(database, id),
        Documents.readOptional(PendingPush.class, row.getString("push")),
        row.getBoolean("pushed"),
        row.getLong("acknowledged"));
  }

  private static List<Report> reports(Database database, String attempt)
      throws SQLException, JsonProcessingException {
    return database.query(
        "SELECT document, log_end, told FROM report WHERE attempt = ? ORDER BY sequence",
        row ->
            new Report(
                Documents.read(StatusUpdate.class, row.getString(1)),
                row.getLong(2),
                row.getBoolean(3)),
        attempt);
  }
}
