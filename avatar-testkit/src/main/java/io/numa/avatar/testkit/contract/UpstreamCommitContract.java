package io.numa.avatar.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.Replayed;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests of how a replay must recognise a change that is already on the branch. */
public interface UpstreamCommitContract extends RepositoryFixture {
  private Optional<CommitId> landed(Replayed replayed) {
    return replayed instanceof Replayed.Landed landed
        ? Optional.of(landed.commit())
        : Optional.empty();
  }

  @Test
  default void leavesNothingToCommitWhereOthersHaveDoneTheSame() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOutThenMove(remote, Map.of("a.txt", TreeFile.of("b\n")))) {
      write(copy, "a.txt", "b\n");
      assertThat(replay(commitTooLate(copy)).changes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, false"})
  default void knowsTheSameChangeOfAnotherAttemptAtTheTask(String task, boolean same)
      throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(WORK)) {
      CommitId earlier =
          remote.commit(
              WORK.value(),
              "feat: work\n\n" + trailers(Attempt.of(TASK)),
              Map.of("a.txt", TreeFile.of("b\n")));
      remote.seed(WORK.value(), Map.of("more.txt", "more\n"));
      write(copy, "a.txt", "b\n");
      LocalCommit commit = commitTooLate(copy);

      Replayed replayed = commit.replay(Attempt.of(new TaskId(task)));

      assertThat(landed(replayed)).isEqualTo(same ? Optional.of(earlier) : Optional.empty());
    }
  }

  /** The server accepted the push, the answer was lost, and others then changed the same file. */
  @Test
  default void knowsItsOwnCommitBelowThoseOfOthers() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n"));
    var attempt = Attempt.of(TASK);

    try (WorkingCopy copy = checkOut(WORK)) {
      CommitId arrived =
          remote.commit(
              WORK.value(),
              "feat: work\n\n" + trailers(attempt),
              Map.of("a.txt", TreeFile.of("b\n")));
      remote.seed(WORK.value(), Map.of("a.txt", "changed by others\n"));
      write(copy, "a.txt", "b\n");
      LocalCommit commit = commitTooLate(copy);

      assertThat(landed(commit.replay(attempt))).contains(arrived);
    }
  }
}
