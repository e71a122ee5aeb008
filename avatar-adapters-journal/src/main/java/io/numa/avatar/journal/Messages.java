package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages in the database, numbered in the order they came. None is ever forgotten. */
final class Messages {
  private Messages() {}

  static List<TaskMessage> accept(Database database, List<TaskMessage> messages)
      throws SQLException {
    var fresh = new ArrayList<TaskMessage>();
    for (TaskMessage message : messages) {
      if (accept(database, message)) {
        fresh.add(message);
      }
    }
    return fresh;
  }

  private static boolean accept(Database database, TaskMessage message) throws SQLException {
    @Nullable String task =
        message instanceof TaskMessage.Announcement announcement
            ? announcement.task().value()
            : null;
    return database.update(
            """
            INSERT INTO message (id, task, taken_in, waiting) VALUES (?, ?, TRUE, ?)
            ON CONFLICT (id) DO NOTHING""",
            message.id().value(),
            task,
            task != null)
        > 0;
  }

  static Optional<MessageId> last(Database database) throws SQLException, JsonProcessingException {
    return database
        .query(
            "SELECT id FROM message WHERE taken_in ORDER BY number DESC LIMIT 1",
            row -> new MessageId(row.getString(1)))
        .stream()
        .findFirst();
  }

  static List<TaskMessage.Announcement> waiting(Database database)
      throws SQLException, JsonProcessingException {
    return database.query(
        "SELECT id, task FROM message WHERE waiting ORDER BY number",
        row ->
            new TaskMessage.Announcement(
                new MessageId(row.getString(1)), new TaskId(row.getString(2))));
  }

  /** One that was not taken in never will be: it takes a number, but is not the last. */
  static int reject(Database database, MessageId message, String reason) throws SQLException {
    return database.update(
        """
        INSERT INTO message (id, taken_in, waiting, reason) VALUES (?, FALSE, FALSE, ?)
        ON CONFLICT (id) DO UPDATE SET waiting = FALSE, reason = excluded.reason""",
        message.value(),
        reason);
  }

  static int stopWaiting(Database database, TaskId task) throws SQLException {
    return database.update(
        "UPDATE message SET waiting = FALSE WHERE waiting AND task = ?", task.value());
  }
}
