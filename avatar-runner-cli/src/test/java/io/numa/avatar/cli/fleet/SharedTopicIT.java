package io.numa.avatar.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.wiring.Avatar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests avatars that share a topic of a backend with claims and leases. */
@Execution(ExecutionMode.CONCURRENT)
class SharedTopicIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int TASKS = Fleet.SOAK ? 200 : 32;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2, 4", "8, 1"})
  void eachTaskIsCarriedOutByOneOfThem(int avatars, int concurrency) throws Exception {
    try (var fleet = new Fleet(folder)) {
      fleet.backend.withLease(Duration.ofSeconds(30));
      String[] ids =
          IntStream.range(0, avatars).mapToObj(number -> "avatar-" + number).toArray(String[]::new);
      List<Avatar> working = new ArrayList<>();
      for (String id : ids) {
        working.add(
            fleet.start(id, "avatar: {id: %s, concurrency: %d}".formatted(id, concurrency)));
      }

      int[] tasks = IntStream.rangeClosed(1, TASKS).toArray();
      for (int task : tasks) {
        fleet.announce(task, "echo working");
      }

      for (int task : tasks) {
        fleet.awaitDone(task, LIMIT);
      }
      for (Avatar avatar : working) {
        Fleet.drain(avatar);
      }
      assertThat(fleet.backend.violations()).isEmpty();
      for (int task : tasks) {
        fleet.assertDelivered(task);
        fleet.assertLogs(task, ids);
        assertThat(fleet.backend.logs(task)).as("attempts at task %s", task).hasSize(1);
        assertThat(fleet.runs(task)).as("runs of task %s", task).isOne();
      }
      assertThat(ids).allSatisfy(id -> assertThat(tasksOf(fleet, id)).as(id).isPositive());
    }
  }

  private static long tasksOf(Fleet fleet, String id) throws Exception {
    try (var logs = Files.list(fleet.folder(id).resolve("logs"))) {
      return logs.count();
    }
  }
}
