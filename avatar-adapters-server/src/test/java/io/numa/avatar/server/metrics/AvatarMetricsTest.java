package io.numa.avatar.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.TaskFigures;
import io.numa.avatar.server.document.Examples;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The text that Prometheus reads. */
class AvatarMetricsTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  private final Overview overview = mock();
  private final TaskFigures figures = new TaskFigures(TimeSource.SYSTEM);

  @BeforeEach
  void show() {
    when(overview.status()).thenReturn(Examples.status());
  }

  @Test
  void tellTheStateOfTheAvatar() {
    assertThat(metrics())
        .contains(
            "numa_avatar_slots " + (double) Examples.status().concurrency(),
            "numa_avatar_tasks_running " + (double) Examples.status().running().size())
        .anyMatch(line -> line.startsWith("numa_avatar_build_info{version="))
        .anyMatch(line -> line.startsWith("numa_avatar_disk_free_bytes{path="))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
  }

  @Test
  void countTasksAlsoOfKindsThatCameLater() {
    var metrics = new AvatarMetrics(overview, figures);
    fail("1");
    metrics.get();
    fail("2");

    assertThat(metrics.get().lines())
        .contains("numa_avatar_tasks_total{kind=\"tests_failed\",outcome=\"failed\"} 2.0")
        .contains(
            "numa_avatar_task_seconds_count{kind=\"tests_failed\",outcome=\"failed\"} 2",
            "numa_avatar_task_stage_seconds_count{stage=\"test\"} 2");
  }

  @Test
  void nameNoTask() {
    fail("task-of-a-person");

    assertThat(String.join("\n", metrics())).doesNotContain("task-of-a-person");
  }

  @Test
  void passPrometheusOwnCheck() throws Exception {
    assumeThat(PROMTOOL).as("SKIPPED: needs promtool of Debian's prometheus").exists();
    fail("1");
    Path text = Files.createTempFile("metrics", ".txt");
    Files.writeString(text, new AvatarMetrics(overview, figures).get());

    Process check =
        new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
            .redirectInput(text.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("numa_avatar");
  }

  private void fail(String id) {
    var task = new TaskId(id);
    figures.entered(task, Stage.TEST);
    figures.ended(
        task,
        TaskOutcome.of(
            new Failure(Stage.TEST, FailureKind.TESTS_FAILED, "two fail"),
            WorkSummary.NOTHING_YET));
  }

  private List<String> metrics() {
    return new AvatarMetrics(overview, figures).get().lines().toList();
  }
}
