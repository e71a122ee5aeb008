package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.journal.SteeringRecord;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes and reads what people tell the coding agents of tasks. */
final class SteeringMessages {
  private SteeringMessages() {}

  static int accept(Database database, TaskId task, SteeringMessage message) throws SQLException {
    return database.update(
        """
        INSERT INTO steering (task, id, author, text) VALUES (?, ?, ?, ?)
        ON CONFLICT (task, id) DO NOTHING""",
        task.value(),
        message.id(),
        message.author(),
        message.text());
  }

  static int delivered(Database database, TaskId task, String message, AttemptId attempt)
      throws SQLException {
    return database.update(
        "UPDATE steering SET attempt = ? WHERE task = ? AND id = ? AND attempt IS NULL",
        attempt.toString(),
        task.value(),
        message);
  }

  static List<SteeringRecord> of(Database database, TaskId task)
      throws SQLException, JsonProcessingException {
    return database.query(
        "SELECT id, author, text, attempt FROM steering WHERE task = ? ORDER BY number",
        row ->
            new SteeringRecord(
                new SteeringMessage(row.getString(1), row.getString(2), row.getString(3)),
                Optional.ofNullable(row.getString(4))
                    .map(attempt -> new AttemptId(UUID.fromString(attempt)))),
        task.value());
  }

  /** Forgets the messages of an attempt's task, if the task is done. */
  static int forgetIfDone(Database database, AttemptId attempt) throws SQLException {
    return database.update(
        """
        DELETE FROM steering WHERE task = (SELECT task.id FROM task
        JOIN attempt ON attempt.task = task.id WHERE attempt.id = ? AND outcome = 'done')""",
        attempt.toString());
  }

  /** Forgets the messages of a task, if the task is forgotten. */
  static int forget(Database database, TaskId task) throws SQLException {
    return database.update(
        "DELETE FROM steering WHERE task = ? AND task NOT IN (SELECT id FROM task)", task.value());
  }
}
