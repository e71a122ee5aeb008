package io.numa.avatar.journal;

import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.HistoryJournal;
import io.numa.avatar.task.AttemptId;
import java.util.List;

/** Reads which tasks have ended. */
record StoredHistory(Database database) implements HistoryJournal {
  @Override
  public List<EndedTask> ended(int limit) {
    return database.read(it -> Attempts.ended(it, limit));
  }

  @Override
  public void forget(EndedTask task) {
    throw new UnsupportedOperationException("this journal is only read");
  }

  @Override
  public boolean has(AttemptId attempt) {
    return database.read(it -> Attempts.has(it, attempt));
  }
}
