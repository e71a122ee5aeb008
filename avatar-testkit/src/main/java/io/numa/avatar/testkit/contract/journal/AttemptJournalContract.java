package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static io.numa.avatar.testkit.contract.Samples.done;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.OTHER;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.PUSH;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.fresh;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.onThreads;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.AttemptJournal;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.JournaledAttempt.Report;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that every {@link AttemptJournal} must pass. */
public abstract class AttemptJournalContract {
  private static final Instant NOW = Instant.parse("2025-08-03T10:00:00Z");

  private final Attempt attempt = Attempt.of(TASK);
  private final AttemptId unknown = AttemptId.random();

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void knowsNothingAtFirst() {
    assertThat(journal().open()).isEmpty();
    assertThat(journal().find(TASK)).isEmpty();
  }

  @Test
  void beginsAnAttempt() {
    journal().begin(attempt, 3);

    assertThat(journal().open()).containsExactly(fresh(attempt, 3));
    assertThat(journal().find(TASK)).contains(fresh(attempt, 3));
    assertThat(journal().find(OTHER)).isEmpty();
  }

  @Test
  void forgetsTheEarlierAttemptAtATaskThatIsBegunAgain() {
    var again = Attempt.of(TASK);
    var other = Attempt.of(OTHER);
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), begun(1), 0);
    journal().begin(other, 1);

    journal().begin(again, 2);
    journal().pushed(attempt.id());

    assertThat(journal().open()).containsExactly(fresh(other, 1), fresh(again, 2));
    assertThat(journal().find(TASK)).contains(fresh(again, 2));
  }

  @Test
  void beginsTheSameAttemptAgain() {
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), begun(1), 0);
    journal().acknowledged(attempt.id(), 5);

    journal().begin(attempt, 2);

    assertThat(journal().open()).containsExactly(fresh(attempt, 2));
  }

  @Test
  void knowsTheCommitThatIsAboutToBePushed() {
    journal().begin(attempt, 1);

    journal().committed(attempt.id(), PUSH);
    journal().committed(attempt.id(), PUSH);

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(attempt, 1, false, List.of(), Optional.of(PUSH), false, 0));
  }

  @Test
  void knowsTheCommitThatWasPushed() {
    journal().begin(attempt, 1);
    journal().committed(attempt.id(), PUSH);

    journal().pushed(attempt.id());
    journal().pushed(attempt.id());

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(attempt, 1, false, List.of(), Optional.of(PUSH), true, 0));
  }

  @Test
  void takesAnotherCommitForOneThatIsNotPushedYet() {
    var next =
        new PendingPush(
            RepositoryUrl.parse("git@git.example.com:team/shop.git"),
            new BranchName("dev-123"),
            new CommitId("f".repeat(64)));
    journal().begin(attempt, 1);
    journal().committed(attempt.id(), PUSH);
    journal().pushed(attempt.id());

    journal().committed(attempt.id(), next);

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(attempt, 1, false, List.of(), Optional.of(next), false, 0));
  }

  @Test
  void forgetsWhatIsSettled() {
    var other = Attempt.of(OTHER);
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), done(1), 0);
    journal().begin(other, 1);

    journal().settle(attempt.id(), NOW);
    journal().settle(attempt.id(), NOW);

    assertThat(journal().open()).containsExactly(fresh(other, 1));
    assertThat(journal().find(TASK)).isEmpty();
  }

  @Test
  void givesOpenAttemptsInTheOrderTheyWereBegun() {
    var attempts =
        IntStream.range(0, 20).mapToObj(i -> Attempt.of(new TaskId("t" + (i * 7 % 20)))).toList();
    attempts.forEach(each -> journal().begin(each, 1));
    var again = Attempt.of(attempts.get(0).task());

    journal().settle(attempts.get(19).id(), NOW);
    journal().begin(again, 2);

    assertThat(journal().open())
        .extracting(JournaledAttempt::attempt)
        .containsExactlyElementsOf(
            Stream.concat(attempts.subList(1, 19).stream(), Stream.of(again)).toList());
  }

  @Test
  void doesNothingToAnAttemptItDoesNotHold() {
    journal().begin(attempt, 1);

    journal().committed(unknown, PUSH);
    journal().pushed(unknown);
    journal().settle(unknown, NOW);

    assertThat(journal().open()).containsExactly(fresh(attempt, 1));
  }

  @Test
  void keepsWhatItGaveAsItWas() {
    journal().begin(Attempt.of(OTHER), 1);
    var open = journal().open();

    journal().begin(attempt, 1);

    assertThat(open).hasSize(1);
  }

  @Test
  void keepsTheAttemptsOfSeveralThreadsApart() throws Exception {
    var kept =
        onThreads(
            thread -> {
              var mine = Attempt.of(new TaskId("t" + thread));
              journal().begin(mine, 1);
              for (int i = 1; i <= 25; i++) {
                journal().announce(mine.id(), begun(i), i);
                journal().told(mine.id(), i);
                journal().acknowledged(mine.id(), i);
              }
              return journal().find(mine.task()).orElseThrow();
            });

    assertThat(journal().open()).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(kept)
        .allSatisfy(
            each -> {
              assertThat(each.acknowledged()).isEqualTo(25);
              assertThat(each.reports()).hasSize(25).allMatch(Report::told);
            });
  }
}
