package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.JournaledAttempt.Report;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the attempts in the database: the open ones with their reports, and the ended ones. */
final class Attempts {
  /** Ends an attempt: its time, its id. */
  private static final String END =
      """
      INSERT INTO ended (attempt, task, at, number, shown, document)
      SELECT id, task, ?, number, claimed, (SELECT document FROM report WHERE attempt = attempt.id
        ORDER BY sequence DESC LIMIT 1)
      FROM attempt WHERE id = ?
      ON CONFLICT (attempt) DO UPDATE SET at = excluded.at, number = excluded.number,
      shown = excluded.shown, document = excluded.document""";

  /**
   * Ends the other attempts at a task: the task, the attempt that stays. They get no time, as a
   * task has ended when its last attempt has.
   */
  private static final String END_EARLIER =
      """
      INSERT INTO ended (attempt, task, at, number, shown, document)
      SELECT id, task, 0, number, claimed, (SELECT document FROM report WHERE attempt = attempt.id
        ORDER BY sequence DESC LIMIT 1)
      FROM attempt WHERE task = ? AND id <> ? ON CONFLICT (attempt) DO NOTHING""";

  /** Forgets what agents have spent on the task of an attempt. */
  private static final String FORGET_SPENDING =
      "DELETE FROM spending WHERE task = (SELECT task FROM attempt WHERE id = ?)";

  private Attempts() {}

  static int begin(Database database, Attempt attempt, int number)
      throws SQLException, JsonProcessingException {
    String task = attempt.task().value();
    String id = attempt.id().toString();
    database.update("UPDATE message SET waiting = FALSE WHERE waiting AND task = ?", task);
    database.update(END_EARLIER, task, id);
    database.update("DELETE FROM attempt WHERE task = ? OR id = ?", task, id);
    if (number == 1) {
      database.update("DELETE FROM spending WHERE task = ?", task);
    }
    return database.update(
        "INSERT INTO attempt (id, task, number, lease) VALUES (?, ?, ?, ?)",
        id,
        task,
        number,
        Documents.write(attempt.lease()));
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

  static int settle(Database database, AttemptId attempt, Instant at)
      throws SQLException, JsonProcessingException {
    String id = attempt.toString();
    Tasks.dropped(database, attempt, at);
    Orders.forget(database, attempt);
    SteeringMessages.forgetIfDone(database, attempt);
    database.update(END, at.toEpochMilli(), id);
    database.update(FORGET_SPENDING, id);
    return database.update("DELETE FROM attempt WHERE id = ?", id);
  }

  static int claimed(Database database, Attempt attempt)
      throws SQLException, JsonProcessingException {
    return database.update(
        "UPDATE attempt SET claimed = TRUE, lease = ? WHERE id = ?",
        Documents.write(attempt.lease()),
        attempt.id().toString());
  }

  /** Keeps an existing row, as that report may have been sent already. */
  static int announce(Database database, AttemptId attempt, StatusUpdate update, long logEnd)
      throws SQLException, JsonProcessingException {
    boolean last = update.finishedAt().isPresent();
    int written =
        database.update(
            """
            INSERT INTO report (attempt, sequence, log_end, final, document)
            SELECT id, ?, ?, ?, ? FROM attempt WHERE id = ?
            AND NOT EXISTS (SELECT * FROM report WHERE attempt = attempt.id AND final)
            ON CONFLICT (attempt, sequence) DO NOTHING""",
            update.sequence(),
            logEnd,
            last,
            Documents.write(update),
            attempt.toString());
    return last && written > 0 ? Tasks.ended(database, attempt, update) : written;
  }

  static int forget(Database database, EndedTask task) throws SQLException {
    int forgotten = 0;
    for (AttemptId attempt : task.attempts()) {
      forgotten += database.update("DELETE FROM ended WHERE attempt = ?", attempt.toString());
    }
    FollowUps.forget(database, task.task());
    forgotten += Tasks.forget(database, task.task());
    return forgotten + SteeringMessages.forget(database, task.task());
  }

  static int spend(Database database, AgentSpending spending)
      throws SQLException, JsonProcessingException {
    return database.update(
        """
        INSERT INTO spending (task, attempt, step, agent, document)
        SELECT task, id, ?, ?, ? FROM attempt WHERE id = ?
        ON CONFLICT (attempt, step, agent) DO UPDATE SET document = excluded.document""",
        spending.step(),
        spending.agent(),
        Documents.write(spending),
        spending.attempt().toString());
  }

  static List<AgentSpending> spending(Database database, TaskId task)
      throws SQLException, JsonProcessingException {
    return database.query(
        "SELECT document FROM spending WHERE task = ? ORDER BY number",
        row -> Documents.read(AgentSpending.class, row.getString(1)),
        task.value());
  }

  static List<EndedTask> ended(Database database, int limit)
      throws SQLException, JsonProcessingException {
    return database.query(
        """
        SELECT task, max(at) AS last FROM ended WHERE task NOT IN (SELECT task FROM attempt)
        GROUP BY task ORDER BY last LIMIT ?""",
        row -> {
          String task = row.getString(1);
          Instant at = Instant.ofEpochMilli(row.getLong(2));
          return new EndedTask(new TaskId(task), at, endedAttempts(database, task));
        },
        limit);
  }

  private static List<AttemptId> endedAttempts(Database database, String task)
      throws SQLException, JsonProcessingException {
    return database.query(
        "SELECT attempt FROM ended WHERE task = ?",
        row -> new AttemptId(UUID.fromString(row.getString(1))),
        task);
  }

  static boolean has(Database database, AttemptId attempt)
      throws SQLException, JsonProcessingException {
    String id = attempt.toString();
    return !database
        .query(
            "SELECT 1 FROM attempt WHERE id = ? UNION ALL SELECT 1 FROM ended WHERE attempt = ?",
            row -> row.getInt(1),
            id,
            id)
        .isEmpty();
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
