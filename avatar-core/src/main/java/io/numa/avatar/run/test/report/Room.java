package io.numa.avatar.run.test.report;

import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.FailedTest;
import java.util.Optional;

/**
 * How many failures may still be kept in memory. Some of them may be there twice, until it is known
 * which reports repeat others. Not thread-safe.
 */
final class Room {
  private static final int COPIES = 3;

  private final Texts texts;
  private int whole = COPIES * TestReport.MAX_FAILURES;
  private int brief = COPIES * TestResults.MAX_NAMES - whole;

  Room(Texts texts) {
    this.texts = texts;
  }

  Texts texts() {
    return texts;
  }

  /** The failure as far as there is room for it. */
  Optional<FailedTest> take(FailedTest test) {
    if (whole > 0) {
      whole--;
      return Optional.of(test);
    }
    return brief-- > 0 ? Optional.of(brief(test)) : Optional.empty();
  }

  FailedTest brief(FailedTest test) {
    return new FailedTest(test.name(), texts.brief(test.message()));
  }
}
