package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tests of how a commit must be pushed, and how it must be found if the answer was lost. */
public interface PushContract extends RepositoryFixture {
  /** A commit that no repository has. */
  CommitId NOWHERE = new CommitId("0123456789".repeat(4));

  @Test
  default void pushesNothingIfTheBranchHasMovedMeanwhile() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      CommitId others = remote.seed(WORK.value(), Map.of("b.txt", "b\n"));
      write(copy, "c.txt", "c\n");
      LocalCommit commit = commit(copy);

      var failure = catchThrowableOfType(BranchMovedException.class, commit::push);

      assertThat(kindOf(failure)).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(remote.headOf(WORK.value())).contains(others);
    }
  }

  @Test
  default void pushesWhatItWasToldToExpect() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "c.txt", "c\n");
      StagedChange change = stageAll(copy);
      change.preparePush();
      change.preparePush();
      LocalCommit commit = change.commit("work\n");
      commit.push();

      assertThat(remote.headOf(WORK.value())).contains(commit.id());
      change.preparePush(); // no push follows
    }
  }

  @Test
  default void pushesNothingIfTheBranchHasMovedSinceAPushWasExpected() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "c.txt", "c\n");
      StagedChange change = stageAll(copy);
      change.preparePush();
      LocalCommit commit = change.commit("work\n");
      CommitId others = remote.seed(WORK.value(), Map.of("b.txt", "b\n"));

      assertThatThrownBy(commit::push).isInstanceOf(BranchMovedException.class);
      assertThat(remote.headOf(WORK.value())).contains(others);
    }
  }

  @Test
  default void pushesNothingIfTheBranchWasMadeMeanwhile() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      CommitId main = remote.headOf("main").orElseThrow();
      remote.move(WORK.value(), main);
      write(copy, "c.txt", "c\n");
      LocalCommit commit = commit(copy);

      var failure = catchThrowableOfType(BranchMovedException.class, commit::push);

      assertThat(kindOf(failure)).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(remote.headOf(WORK.value())).contains(main);
    }
  }

  @Test
  default void pushesOnceOnly() throws Exception {
    SeededRepository remote = remote();

    try (WorkingCopy copy = checkOut(WORK)) {
      write(copy, "c.txt", "c\n");
      LocalCommit commit = commit(copy);
      commit.push();
      CommitId others = remote.seed(WORK.value(), Map.of("b.txt", "b\n"));
      commit.push();

      assertThat(remote.headOf(WORK.value())).contains(others);
    }
  }

  @Test
  default void findsAPushedCommitAtTheTip() throws Exception {
    SeededRepository remote = remote();
    CommitId pushed = remote.seed(WORK.value(), Map.of("work.txt", "work\n"));

    // The repository finds it by its id, because its message does not name the attempt.
    assertThat(findPushed(Attempt.of(TASK), pushed)).contains(pushed);
  }

  @Test
  default void findsAPushedCommitBelowThoseOfOthersByItsTrailers() throws Exception {
    SeededRepository remote = remote();
    var attempt = Attempt.of(TASK);
    CommitId pushed = commitOf(remote, attempt);
    for (int i = 0; i < 7; i++) {
      remote.seed(WORK.value(), Map.of("more.txt", "more " + i + "\n"));
    }

    assertThat(findPushed(attempt, NOWHERE)).contains(pushed);
    assertThat(findPushed(attempt, pushed)).contains(pushed);
  }

  @Test
  default void doesNotTakeTheCommitOfAnotherAttemptOrTaskForThePushedOne() throws Exception {
    SeededRepository remote = remote();
    var attempt = Attempt.of(TASK);
    commitOf(remote, Attempt.of(TASK));
    commitOf(remote, new Attempt(new TaskId("2"), attempt.id(), Optional.empty()));
    remote.seed(WORK.value(), Map.of("more.txt", "more\n"));

    assertThat(findPushed(attempt, NOWHERE)).isEmpty();
  }

  @Test
  default void doesNotTakeTextThatQuotesTrailersForTrailers() throws Exception {
    SeededRepository remote = remote();
    var attempt = Attempt.of(TASK);
    remote.commit(
        WORK.value(), trailers(attempt) + "\nare the trailers of some attempt\n", Map.of());

    assertThat(findPushed(attempt, NOWHERE)).isEmpty();
  }

  @Test
  default void findsNothingPushedWhereThereIsNoBranch() throws Exception {
    remote();

    assertThat(findPushed(Attempt.of(TASK), NOWHERE)).isEmpty();
  }

  @Test
  default void refusesToLookForAPushedCommitInARepositoryThatDoesNotExist() {
    var failure =
        catchThrowableOfType(PortException.class, () -> findPushed(Attempt.of(TASK), NOWHERE));

    assertThat(kindOf(failure)).isEqualTo(FailureKind.NOT_FOUND);
  }

  private Optional<CommitId> findPushed(Attempt attempt, CommitId commit)
      throws IOException, InterruptedException {
    return repository().findPushed(attempt, new PendingPush(url("app"), WORK, commit));
  }

  private CommitId commitOf(SeededRepository remote, Attempt attempt) {
    return remote.commit(
        WORK.value(),
        "feat: work\n\nNuma-Avatar: avatar_001\n" + trailers(attempt),
        Map.of("work.txt", TreeFile.of(attempt + "\n")));
  }
}
