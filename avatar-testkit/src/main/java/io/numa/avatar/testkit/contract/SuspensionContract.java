package io.numa.avatar.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Also the tests for {@link Processes} that can be suspended. */
public abstract class SuspensionContract extends ProcessesContract {
  /** How long processes that go on change a file for sure. */
  private static final Duration WHILE = Duration.ofMillis(150);

  @Test
  protected void standsStillWithItsChildrenWhileItIsSuspended() throws Exception {
    RunningProcess process =
        start("(while :; do echo x >>count; done) & echo begun; while :; do echo x >>more; done");

    assertThatItStandsStill(process);
  }

  @Test
  protected void suspendsAChainOfProcessesThatEachStartTheNext() throws Exception {
    Files.writeString(directory.resolve("chain"), "echo x >>count; echo x >>more; sh ./chain &");
    RunningProcess process = start("sh ./chain; echo begun; exec sleep 300");
    beginsToWrite(process);

    process.suspend();
    long count = size("count");
    long more = size("more");

    // On a busy machine such a chain may be too fast to be stopped, and is ended instead.
    var ignored = process.awaitExit(WHILE);
    assertThat(size("count")).isEqualTo(count);
    assertThat(size("more")).isEqualTo(more);
  }

  @Test
  protected void readsAfterItsSuspensionWhatWasWrittenMeanwhile() throws Exception {
    RunningProcess process = start("while read -r line; do echo \"out $line\"; done");
    tell(process, "one");
    output.await("out one\n");

    RunningProcess.Suspension suspension = process.suspend();
    tell(process, "two");
    suspension.resume();

    output.await("out one\nout two\n");
  }

  @Test
  protected void tidiesUpWhenItIsEndedWhileItIsSuspended() throws Exception {
    RunningProcess process = start(TIDY);
    errors.await("begun\n");
    process.suspend();

    long start = TimeSource.SYSTEM.nanoTime();
    process.end(SOON);

    assertThat(output.text()).isEqualTo("tidy\n");
    assertThat(TimeSource.SYSTEM.since(start)).isLessThan(SOON);
  }

  private void beginsToWrite(RunningProcess process) throws Exception {
    assumeThat(Path.of("/proc/self/environ")).as("only Linux suspends all").isReadable();
    output.await("begun\n");
    awaitGrowth(process, "count", 0);
    awaitGrowth(process, "more", 0);
  }

  private void assertThatItStandsStill(RunningProcess process) throws Exception {
    beginsToWrite(process);
    for (int i = 0; i < 3; i++) {
      RunningProcess.Suspension suspension = process.suspend();
      long count = size("count");
      long more = size("more");
      assertThat(process.awaitExit(WHILE)).isFalse();
      assertThat(size("count")).isEqualTo(count);
      assertThat(size("more")).isEqualTo(more);

      suspension.resume();
      awaitGrowth(process, "count", count);
      awaitGrowth(process, "more", more);
    }
  }

  private long size(String file) throws IOException {
    Path path = directory.resolve(file);
    return Files.exists(path) ? Files.size(path) : 0;
  }

  private void awaitGrowth(RunningProcess process, String file, long size) throws Exception {
    long start = TimeSource.SYSTEM.nanoTime();
    while (size(file) <= size && TimeSource.SYSTEM.since(start).compareTo(SOON) < 0) {
      assertThat(process.awaitExit(Duration.ofMillis(10))).isFalse();
    }
    assertThat(size(file)).isGreaterThan(size);
  }
}
