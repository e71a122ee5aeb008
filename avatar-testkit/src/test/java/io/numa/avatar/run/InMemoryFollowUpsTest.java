package io.numa.avatar.run;

import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.testkit.contract.journal.FollowUpJournalContract;

class InMemoryFollowUpsTest extends FollowUpJournalContract {
  private final InMemoryJournal journal = new InMemoryJournal();

  @Override
  protected Journal journal() {
    return journal;
  }
}
