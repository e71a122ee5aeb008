package io.numa.avatar.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.RescuedCommit;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests of how a commit that conflicts with its branch must be reported and rescued. */
public interface ConflictContract extends RepositoryFixture {
  @Test
  default void namesBothSidesOfAConflictAndParksTheCommit() throws Exception {
    SeededRepository remote = remote();
    remote.seed(WORK.value(), Map.of("a.txt", "a\n", "bin", "\0\n", "both", "1\n"));

    try (WorkingCopy copy =
        checkOutThenMove(
            remote,
            Map.of(
                "a.txt", TreeFile.of("theirs\n"),
                "bin", TreeFile.of("\0theirs\n"),
                "both", TreeFile.of("2\n")))) {
      CommitId others = remote.headOf(WORK.value()).orElseThrow();
      write(copy, "a.txt", "ours\n");
      write(copy, "bin", "\0ours\n");
      write(copy, "both", "2\n");
      LocalCommit commit = commitTooLate(copy);
      CommitId ours = commit.id();
      var attempt = Attempt.of(TASK);

      var failure = catchThrowableOfType(PortException.class, () -> commit.replay(attempt));
      RescuedCommit rescued = commit.rescue(attempt, temp().resolve("parked.git"));

      assertThat(kindOf(failure)).isEqualTo(FailureKind.CONFLICT);
      assertThat(failure)
          .hasMessageContainingAll("a.txt", "bin", WORK.value())
          .hasMessageContaining("ours: " + ours.abbreviated() + " \"work\" by " + NAME)
          .hasMessageContaining("theirs: " + others.abbreviated() + " \"others' work\" by Seeder");
      assertThat(failure.getMessage()).doesNotContain("both'");
      assertThat(rescued)
          .isEqualTo(
              new RescuedCommit(
                  ours, url("app").value(), "refs/numa/parked/" + TASK + "/" + attempt.id()));
      assertThat(remote.refs("refs/numa/")).isEqualTo(Map.of(rescued.ref(), ours));
      assertThat(remote.files(ours)).containsEntry("a.txt", TreeFile.of("ours\n"));
      assertThat(remote.headOf(WORK.value())).contains(others);
      assertThat(copy.directory().resolve("a.txt")).hasContent("ours\n");
    }
  }
}
