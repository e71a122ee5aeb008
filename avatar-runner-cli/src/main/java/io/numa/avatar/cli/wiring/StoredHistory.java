package io.numa.avatar.cli.wiring;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.journal.StateException;
import io.numa.avatar.journal.StoredJournal;
import io.numa.avatar.port.journal.HistoryJournal;
import io.numa.avatar.run.history.History;
import io.numa.avatar.run.history.HistoryLimits;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;

/** Removes ended tasks of an avatar that does not run. */
public final class StoredHistory {
  private StoredHistory() {}

  /**
   * Tells what {@link #collect} would remove. Changes nothing.
   *
   * @throws StateException if there is no journal, or if it cannot be read
   */
  public static History.Removal preview(Configuration configuration) throws IOException {
    try (var journal = StoredJournal.read(configuration.avatar().stateDir())) {
      return history(configuration, journal.ended()).preview();
    }
  }

  /**
   * Removes what has to go by the limits of the configuration.
   *
   * @throws StateException if there is no journal, if it cannot be read, or if an avatar uses it
   */
  public static History.Removal collect(Configuration configuration) throws IOException {
    // Opening a journal to write would make one where there is none.
    StoredJournal.read(configuration.avatar().stateDir()).close();
    try (var journal = SqliteJournal.open(configuration.avatar().stateDir())) {
      return history(configuration, journal).collect();
    }
  }

  private static History history(Configuration configuration, HistoryJournal journal) {
    return new History(
        StoredAvatar.files(configuration),
        journal,
        new HistoryLimits(configuration.history().keep(), configuration.history().maxSize()),
        TimeSource.SYSTEM.clock());
  }
}
