package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.testkit.contract.SuspensionContract;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalProcessesTest extends SuspensionContract {
  private static final int MEGABYTES = 100;

  private final Processes processes = new LocalCommandRunner(settings()).processes();

  /** Overridden to run these tests with another level of process control. */
  ProcessSettings settings() {
    return ProcessSettings.defaults(System.getenv());
  }

  @Override
  protected Processes processes() {
    return processes;
  }

  @Test
  void carriesAHundredMegabytesInEachDirection() throws Exception {
    var count = new AtomicLong();
    RunningProcess process =
        start(
            request(new Shell("cat"), Set.of()),
            (buffer, offset, length) -> count.addAndGet(length),
            (buffer, offset, length) -> {});
    var writes =
        new FutureTask<>(
            () -> {
              var block = new byte[1 << 20];
              for (int i = 0; i < MEGABYTES; i++) {
                process.input().write(block);
              }
              process.input().close();
              return "written";
            });
    new Thread(writes, "writes").start();

    assertThat(writes.get(60, SECONDS)).isEqualTo("written");
    assertThat(process.awaitExit(Duration.ofSeconds(20))).isTrue();
    process.end(Duration.ZERO);
    assertThat(count).hasValue((long) MEGABYTES << 20);
  }
}
