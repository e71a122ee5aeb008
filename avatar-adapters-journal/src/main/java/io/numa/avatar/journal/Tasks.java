package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.port.journal.TaskResult;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what is shown of tasks. A task has a row from its first claim on; its outcome is
 * that of its last claimed attempt.
 */
final class Tasks {
  /** The columns of a {@link TaskLine}, which {@link #line} reads. */
  static final String LINE =
      """
      id, title, branch, outcome, began, ended, result,
      (SELECT count(*) FROM attempt WHERE task = task.id AND claimed)
      + (SELECT count(*) FROM ended WHERE task = task.id AND shown) AS attempts""";

  private Tasks() {}

  static int claimed(
      Database database, TaskId task, Optional<TaskDescription> description, Instant startedAt)
      throws SQLException, JsonProcessingException {
    return database.update(
        """
        INSERT INTO task (id, began, title, branch, outcome, description)
        VALUES (?, ?, ?, ?, 'running', ?)
        ON CONFLICT (id) DO UPDATE SET began = excluded.began, title = excluded.title,
        branch = excluded.branch, outcome = 'running', ended = NULL, result = NULL,
        description = excluded.description""",
        task.value(),
        startedAt.toEpochMilli(),
        description.map(TaskDescription::title).orElse(""),
        description.map(TaskDescription::branch).orElse(""),
        Documents.write(description));
  }

  /** Records the outcome of a task. */
  static int ended(Database database, AttemptId attempt, StatusUpdate last)
      throws SQLException, JsonProcessingException {
    return database.update(
        """
        UPDATE task SET outcome = ?, ended = ?, result = ?
        WHERE id = (SELECT task FROM attempt WHERE id = ? AND claimed)""",
        OutcomeWord.of(last).word(),
        last.finishedAt().orElseThrow().toEpochMilli(),
        Documents.write(TaskResult.of(last)),
        attempt.toString());
  }

  /** Records that a task has ended without an outcome, unless it has one. */
  static int dropped(Database database, AttemptId attempt, Instant at) throws SQLException {
    return database.update(
        """
        UPDATE task SET outcome = 'dropped', ended = ?
        WHERE id = (SELECT task FROM attempt WHERE id = ? AND claimed) AND outcome = 'running'""",
        at.toEpochMilli(),
        attempt.toString());
  }

  /** Removes a task of which no attempt is kept. */
  static int forget(Database database, TaskId task) throws SQLException {
    String id = task.value();
    return database.update(
        """
        DELETE FROM task WHERE id = ? AND NOT EXISTS (SELECT * FROM ended WHERE task = ?)
        AND NOT EXISTS (SELECT * FROM attempt WHERE task = ?)""",
        id,
        id,
        id);
  }

  static Optional<TaskRecord> record(Database database, TaskId task)
      throws SQLException, JsonProcessingException {
    List<TaskRecord> found =
        database.query(
            "SELECT " + LINE + ", description FROM task WHERE id = ?",
            row ->
                new TaskRecord(
                    line(row),
                    Documents.readOptional(TaskDescription.class, row.getString("description")),
                    attempts(database, task)),
            task.value());
    return found.isEmpty() ? waiting(database, task) : Optional.of(found.get(0));
  }

  private static Optional<TaskRecord> waiting(Database database, TaskId task)
      throws SQLException, JsonProcessingException {
    return database
        .query(
            "SELECT task FROM message WHERE waiting AND task = ? LIMIT 1",
            row -> TaskRecord.waiting(task),
            task.value())
        .stream()
        .findFirst();
  }

  static TaskLine line(ResultSet row) throws SQLException, JsonProcessingException {
    return new TaskLine(
        new TaskId(row.getString("id")),
        unlessEmpty(row.getString("title")),
        unlessEmpty(row.getString("branch")),
        OutcomeWord.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
        time(row, "began"),
        time(row, "ended"),
        row.getInt("attempts"),
        Documents.readOptional(TaskResult.class, row.getString("result")));
  }

  private static Optional<String> unlessEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long milliseconds = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(milliseconds));
  }

  private static List<AttemptRecord> attempts(Database database, TaskId task)
      throws SQLException, JsonProcessingException {
    var all = new ArrayList<AttemptRecord>();
    all.addAll(
        database.query(
            "SELECT attempt AS id, number, at, document, 0 AS waiting FROM ended"
                + " WHERE task = ? AND shown",
            row -> attempt(row, false),
            task.value()));
    all.addAll(
        database.query(
            """
            SELECT id, number, 0 AS at, (SELECT document FROM report WHERE attempt = attempt.id
            ORDER BY sequence DESC LIMIT 1) AS document, (SELECT count(*) FROM report
            WHERE attempt = attempt.id AND NOT told) AS waiting
            FROM attempt WHERE task = ? AND claimed""",
            row -> attempt(row, true),
            task.value()));
    return all;
  }

  private static AttemptRecord attempt(ResultSet row, boolean open)
      throws SQLException, JsonProcessingException {
    long at = row.getLong("at");
    @Nullable String document = row.getString("document");
    return new AttemptRecord(
        new AttemptId(UUID.fromString(row.getString("id"))),
        row.getInt("number"),
        Documents.readOptional(StatusUpdate.class, document),
        at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at)),
        !open && at == 0,
        row.getInt("waiting"));
  }

  static OpenWork openWork(Database database) throws SQLException, JsonProcessingException {
    int waiting =
        database
            .query("SELECT count(DISTINCT task) FROM message WHERE waiting", row -> row.getInt(1))
            .get(0);
    List<OpenWork.OpenAttempt> attempts =
        database.query(
            """
            SELECT *, (SELECT count(*) FROM report WHERE attempt = attempt.id AND final) AS over,
            (SELECT count(*) FROM report WHERE attempt = attempt.id AND NOT told) AS waiting
            FROM attempt WHERE claimed ORDER BY place""",
            Tasks::openAttempt);
    return new OpenWork(waiting, attempts, Orders.pausedSince(database));
  }

  private static OpenWork.OpenAttempt openAttempt(ResultSet row) throws SQLException {
    return new OpenWork.OpenAttempt(
        new TaskId(row.getString("task")),
        new AttemptId(UUID.fromString(row.getString("id"))),
        row.getInt("number"),
        row.getBoolean("over"),
        row.getInt("waiting"),
        row.getLong("acknowledged"));
  }
}
