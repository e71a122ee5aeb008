package io.numa.avatar.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.server.document.Examples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The text that Prometheus reads. */
class AvatarMetricsTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Path MANUAL = Path.of("../docs/operate.md");

  /** A metric in the first column of the table, with its labels. */
  private static final Pattern DOCUMENTED =
      Pattern.compile("(?<=[|,] )`(numa_avatar_[a-z_]+)(?:\\{([a-z_,]+)})?`(?=,| \\|)");

  private final SampleMetrics sample = new SampleMetrics();

  /** The manual has all metrics with their labels, and no others. */
  @Test
  void areThoseOfTheManual() throws Exception {
    var documented = new TreeMap<String, Set<String>>();
    Matcher metric = DOCUMENTED.matcher(Files.readString(MANUAL));
    while (metric.find()) {
      documented.put(metric.group(1), labels(metric.group(2)));
    }

    Map<String, Set<String>> served = new TreeMap<>(sample.served());
    served.keySet().removeIf(name -> !name.startsWith("numa_avatar_"));

    assertThat(documented).isEqualTo(served).hasSizeGreaterThan(30);
  }

  private static Set<String> labels(@Nullable String list) {
    return list == null ? Set.of() : Set.of(list.split(",", -1));
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
    AvatarMetrics metrics = sample.metrics();
    sample.fail("1");
    metrics.get();
    sample.fail("2");

    assertThat(metrics.get().lines())
        .contains("numa_avatar_tasks_total{kind=\"tests_failed\",outcome=\"failed\"} 2.0")
        .contains(
            "numa_avatar_task_seconds_count{kind=\"tests_failed\",outcome=\"failed\"} 2",
            "numa_avatar_task_stage_seconds_count{stage=\"test\"} 2");
  }

  @Test
  void nameNoTask() {
    sample.fail("task-of-a-person");

    assertThat(String.join("\n", metrics())).doesNotContain("task-of-a-person");
  }

  @Test
  void passPrometheusOwnCheck() throws Exception {
    assumeThat(PROMTOOL).as("SKIPPED: needs promtool of Debian's prometheus").exists();
    Path text = Files.createTempFile("metrics", ".txt");
    Files.writeString(text, sample.text());

    Process check =
        new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
            .redirectInput(text.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("numa_avatar");
  }

  private List<String> metrics() {
    return sample.metrics().get().lines().toList();
  }
}
