package io.numa.avatar.journal;

import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.testkit.contract.journal.FollowUpJournalContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteFollowUpsTest extends FollowUpJournalContract {
  @TempDir Path directory;
  private SqliteJournal journal;

  @BeforeEach
  void open() {
    journal = SqliteJournal.open(directory);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
