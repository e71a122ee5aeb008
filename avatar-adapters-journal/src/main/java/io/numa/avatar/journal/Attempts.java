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

/** Reads the attempts in the database, each with its reports. */
final class Attempts {
  private Attempts() {}

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
