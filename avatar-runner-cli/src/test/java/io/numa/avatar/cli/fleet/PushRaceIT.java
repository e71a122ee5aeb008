package io.numa.avatar.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.testkit.fixture.SeededRepository.LogEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Five avatars, or twenty with {@code -Psoak}, each with a task on the same branch, which all reach
 * their push at the same time. An avatar learns of the others only by the branch itself.
 */
class PushRaceIT {
  private static final Logger log = LoggerFactory.getLogger(PushRaceIT.class);

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int TASKS = Fleet.SOAK ? 20 : 5;
  private static final String BRANCH = "shared";

  /** Tasks from this one on write the same file. */
  private static final int FIRST_CONFLICT = TASKS - 2;

  @TempDir Path folder;

  @Test
  void allArePushedOrRescuedAndNothingIsLost() throws Exception {
    try (var fleet = new Fleet(folder)) {
      fleet.backend.withLease(Duration.ofMinutes(2));
      fleet.shop.seed(BRANCH, Map.of("README.md", "Shop\n"));
      int[] tasks = IntStream.rangeClosed(1, TASKS).toArray();
      Path go = folder.resolve("go");
      for (int task : tasks) {
        addTask(fleet, task, go);
      }
      List<Avatar> avatars = new ArrayList<>();
      for (int task : tasks) {
        avatars.add(fleet.start("avatar-" + task, "avatar: {id: avatar-%d}".formatted(task)));
      }
      for (int task : tasks) {
        fleet.backend.announce(task);
      }
      for (int task : tasks) {
        fleet.awaitRuns(task, 1, LIMIT);
      }
      long start = System.nanoTime();

      Files.createFile(go);

      for (int task : tasks) {
        Fleet.await("the end of task " + task, LIMIT, () -> fleet.hasEnded(task));
      }
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      assertNothingIsLost(fleet, tasks, time);
      for (Avatar avatar : avatars) {
        Fleet.drain(avatar);
      }
      assertThat(fleet.backend.violations()).isEmpty();
    }
  }

  /**
   * Adds a task that waits, without its avatar's knowledge, until all others have come to the same
   * point.
   */
  private static void addTask(Fleet fleet, int task, Path go) {
    String name = task < FIRST_CONFLICT ? task + ".txt" : "same.txt";
    fleet.backend.addTask(
        task,
        Map.of(
            "title",
            "Write " + task,
            "application_id",
            1,
            "code_branch",
            BRANCH,
            "development_plan",
            Map.of(
                "version",
                1,
                "steps",
                List.of(
                    Map.of("write", Map.of("path", name, "content", "by " + task + "\n")),
                    Map.of(
                        "run",
                        Map.of(
                            "command",
                            "echo >> '%s'; while [ ! -e '%s' ]; do sleep 0.05; done"
                                .formatted(go.resolveSibling("runs").resolve("" + task), go)))),
                "test",
                Map.of("command", "grep -q 'by " + task + "' " + name))));
  }

  private static void assertNothingIsLost(Fleet fleet, int[] tasks, Duration time) {
    List<LogEntry> branch = fleet.shop.log(BRANCH);
    Map<String, CommitId> rescued = fleet.shop.refs("refs/numa/parked/");
    int done = 0;
    int conflicts = 0;
    int outrun = 0;
    for (int task : tasks) {
      boolean isDone = fleet.lastWord(task).equals(Optional.of("done"));
      long commits =
          branch.stream()
              .filter(one -> one.message().contains("Numa-Task: " + task + "\n"))
              .count();
      long kept =
          rescued.keySet().stream()
              .filter(ref -> ref.startsWith("refs/numa/parked/" + task + "/"))
              .count();
      assertThat(commits).as("commits of task %s on the branch", task).isEqualTo(isDone ? 1 : 0);
      assertThat(kept).as("rescued commits of task %s", task).isEqualTo(isDone ? 0 : 1);
      if (isDone) {
        done++;
      } else if (fleet.backend.log(task).contains("others have changed the same in 'same.txt'")) {
        conflicts++;
      } else {
        assertThat(fleet.backend.log(task)).as("log of task %s", task).contains("3 times");
        outrun++;
      }
    }
    log.info("{} pushed, {} conflicts, {} outrun, in {}", done, conflicts, outrun, time);
    assertThat(branch).hasSize(done + 1);
    assertThat(fleet.shop.files(BRANCH)).hasSize(done + 1);
  }
}
