package io.numa.avatar.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.task.FailureKind;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MeasuredProcessesTest {
  private static final OutputSink NOWHERE = (bytes, offset, length) -> {};
  private static final ProcessRequest REQUEST =
      new ProcessRequest(
          new CommandLine.Argv(List.of("agent")),
          Path.of("tree"),
          Map.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty());

  private final RecordedMetrics metrics = new RecordedMetrics();

  @Test
  void countAnAgentByHowItEnded() throws Exception {
    for (int code : List.of(0, 3, 143)) {
      RunningProcess agent = start(code);
      assertThat(agent.awaitExit(Duration.ZERO)).isTrue();
      agent.end(Duration.ZERO);
      agent.end(Duration.ZERO);
    }

    assertThat(value("succeeded")).isEqualTo(1);
    assertThat(value("failed")).isEqualTo(2);
  }

  /** Another thread waits for its exit, and sees that it was killed. */
  @Test
  void countAnAgentThatTheAvatarEndsAsEnded() throws Exception {
    RunningProcess agent = start(143);

    agent.end(Duration.ZERO);
    assertThat(agent.awaitExit(Duration.ZERO)).isTrue();
    agent.end(Duration.ZERO);

    assertThat(value("ended")).isEqualTo(1);
    assertThat(value("failed")).isZero();
  }

  @Test
  void countAnAgentThatDoesNotStart() {
    var absent = new PortException(FailureKind.COMMAND_FAILED, "no such program");
    assertThatThrownBy(
            () ->
                start(
                    () -> {
                      throw absent;
                    }))
        .isSameAs(absent);
    assertThat(value("not_started")).isEqualTo(1);
  }

  private double value(String how) {
    return metrics.value(Metric.PROCESSES_ENDED, List.of(how));
  }

  private RunningProcess start(int code) {
    return start(() -> new Exited(code));
  }

  private RunningProcess start(Supplier<RunningProcess> agent) {
    return new MeasuredProcesses(new Started(agent), metrics).start(REQUEST, NOWHERE, NOWHERE);
  }

  private record Started(Supplier<RunningProcess> agent) implements Processes {
    @Override
    public RunningProcess start(ProcessRequest request, OutputSink output, OutputSink errors) {
      return agent.get();
    }

    @Override
    public boolean canHide() {
      return true;
    }
  }

  private record Exited(int exitCode) implements RunningProcess {
    @Override
    public OutputStream input() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public boolean awaitExit(Duration limit) {
      return true;
    }

    @Override
    public Duration processorTime() {
      return Duration.ZERO;
    }

    @Override
    public Suspension suspend() {
      return () -> {};
    }

    @Override
    public void end(Duration grace) {}
  }
}
