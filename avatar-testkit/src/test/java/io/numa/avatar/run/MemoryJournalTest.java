package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Journal;
import io.numa.avatar.testkit.contract.JournalContract;
import org.junit.jupiter.api.Test;

class MemoryJournalTest extends JournalContract {
  private final MemoryJournal journal = new MemoryJournal();

  @Override
  protected Journal journal() {
    return journal;
  }

  @Test
  void promisesNothingBeyondTheProcess() {
    assertThat(journal.durable()).isFalse();
  }
}
