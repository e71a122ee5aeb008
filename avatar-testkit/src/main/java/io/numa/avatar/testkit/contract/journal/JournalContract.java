package io.numa.avatar.testkit.contract.journal;

import io.numa.avatar.port.journal.Journal;
import org.junit.jupiter.api.Nested;

/** The tests that every {@link Journal} must pass. A subclass provides an empty journal. */
public abstract class JournalContract {
  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Nested
  final class Messages extends MessageJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class Attempts extends AttemptJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class Reports extends ReportJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class Spending extends SpendingJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class Steering extends SteeringJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class Money extends LedgerJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class Told extends NoticeJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class FollowUps extends FollowUpJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class History extends HistoryJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class Stories extends TaskHistoryContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }

  @Nested
  final class Orders extends OperatorJournalContract {
    @Override
    protected Journal journal() {
      return JournalContract.this.journal();
    }
  }
}
