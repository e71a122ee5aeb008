package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.task.TaskId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes and reads the change requests that the avatar looks after, and its follow-ups. */
final class FollowUps {
  private static final int MOST = 200;

  private FollowUps() {}

  static int watch(Database database, WatchedChange change)
      throws SQLException, JsonProcessingException {
    return database.update(
        "INSERT INTO watched_change (url, document) VALUES (?, ?) ON CONFLICT (url) DO NOTHING",
        change.url(),
        Documents.write(change));
  }

  static int unwatch(Database database, String url) throws SQLException {
    database.update(
        """
        DELETE FROM follow_up WHERE url = ? AND state <> 'OPEN'
        AND task NOT IN (SELECT id FROM task)""",
        url);
    return database.update("DELETE FROM watched_change WHERE url = ?", url);
  }

  static List<WatchedChange> watched(Database database)
      throws SQLException, JsonProcessingException {
    return database.query(
        "SELECT document FROM watched_change ORDER BY number DESC LIMIT " + MOST,
        row -> Documents.read(WatchedChange.class, row.getString(1)));
  }

  static int note(Database database, FollowUp followUp)
      throws SQLException, JsonProcessingException {
    return database.update(
        """
        INSERT INTO follow_up (task, url, state, document) VALUES (?, ?, ?, ?)
        ON CONFLICT (task) DO UPDATE SET url = excluded.url, state = excluded.state,
        document = excluded.document""",
        followUp.task().value(),
        followUp.url(),
        followUp.state().name(),
        Documents.write(followUp));
  }

  static Optional<FollowUp> find(Database database, TaskId task)
      throws SQLException, JsonProcessingException {
    return database
        .query(
            "SELECT document FROM follow_up WHERE task = ?",
            row -> Documents.read(FollowUp.class, row.getString(1)),
            task.value())
        .stream()
        .findFirst();
  }

  static List<FollowUp> of(Database database, String url)
      throws SQLException, JsonProcessingException {
    return database.query(
        "SELECT document FROM follow_up WHERE url = ? ORDER BY number",
        row -> Documents.read(FollowUp.class, row.getString(1)),
        url);
  }

  /** The history of a task was forgotten. What it has settled still counts while it is watched. */
  static int forget(Database database, TaskId task) throws SQLException {
    return database.update(
        "DELETE FROM follow_up WHERE task = ? AND url NOT IN (SELECT url FROM watched_change)",
        task.value());
  }
}
