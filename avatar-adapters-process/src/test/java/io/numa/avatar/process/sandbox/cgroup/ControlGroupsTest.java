package io.numa.avatar.process.sandbox.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.process.sandbox.helper.HelperProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own groups; skipped where it leaves none to the tests. */
class ControlGroupsTest {
  private static final String FORKS =
      "i=0; while [ $i -lt 40 ]; do sleep 60 & i=$((i + 1)); done; echo all";

  @TempDir Path folder;
  private Path helper = Path.of("/");
  private ControlGroups groups = new ControlGroups.Missing("");

  @BeforeEach
  void find() throws InterruptedException {
    helper = HelperProgram.install(folder.resolve("bin")).path().orElseThrow();
    groups = ControlGroups.find(helper);
    assumeThat(groups.ready()).as("control groups: " + groups.lack()).isPresent();
  }

  @Test
  void limitTheNumberOfProcessesAndEndThoseThatAreLeft() throws Exception {
    ControlGroup group = groups.ready().orElseThrow().make(20, 1L << 30);

    assertThat(run(group, FORKS)).doesNotContain("all");
    assertThat(Files.readAllLines(group.folder().resolve("cgroup.procs"))).isNotEmpty();
    group.end();
    assertThat(group.folder()).doesNotExist();
  }

  @Test
  void limitTheMemoryOfAllProcessesTogether() throws Exception {
    String half = "x=$(head -c 20000000 /dev/zero | tr '\\0' x); sleep 1; echo survived";
    String both = "(" + half + ") & (" + half + ") & wait; echo all";
    ControlGroup group = groups.ready().orElseThrow().make(50, 50L << 20);

    assertThat(run(group, half)).contains("survived");
    assertThat(run(group, both)).doesNotContain("all");
    group.end();
  }

  private String run(ControlGroup group, String script) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> words =
        Stream.of(
                List.of(helper.toString(), "outer", "--cgroup", group.folder().toString(), "--"),
                List.of("/bin/sh", "-c", script))
            .flatMap(List::stream)
            .toList();
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.waitFor();
    return Files.readString(output);
  }
}
