package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.testkit.contract.journal.JournalContract;
import org.junit.jupiter.api.Test;

class InMemoryJournalTest extends JournalContract {
  private final InMemoryJournal journal = new InMemoryJournal();

  @Override
  protected Journal journal() {
    return journal;
  }

  @Test
  void promisesNothingBeyondTheProcess() {
    assertThat(journal.durable()).isFalse();
  }
}
