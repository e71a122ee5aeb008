package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.SECRET;
import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.metric.MeasuredMessages;
import io.numa.avatar.metric.MeasuredReporter;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.RecordedMetrics;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is counted and measured while tasks run. */
@Timeout(60)
class TaskRunnerMetricsTest {
  @TempDir Path folder;
  private RunWorld world;
  private final RecordedMetrics metrics = new RecordedMetrics();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withSteps(write("login.txt", ""), run("build"));
  }

  private TaskRunner runner() {
    return world.runner(world.ports().withMetrics(metrics), RunListener.NONE);
  }

  private double value(Metric metric, String... labels) {
    return metrics.value(metric, List.of(labels));
  }

  @Test
  void measuresTheWaitTheLogAndTheCommands() throws Exception {
    world.commands.answer("build", 0, "built with " + SECRET + " – ü\n");
    var announced = Optional.of(world.clock.instant().minusSeconds(90));

    runner().run(TASK, announced, WorkPermit.UNLIMITED);

    assertThat(metrics.times(Metric.TASK_QUEUE, List.of())).isEqualTo(1);
    assertThat(value(Metric.TASK_QUEUE)).isEqualTo(90);
    assertThat(value(Metric.PROCESSES_ENDED, "succeeded")).isEqualTo(1);
    double log = world.logFile().getBytes(UTF_8).length;
    assertThat(value(Metric.LOG_BYTES, "written")).isEqualTo(log);
    assertThat(value(Metric.LOG_BYTES, "delivered")).isEqualTo(log);
    assertThat(value(Metric.LOG_BYTES, "refused")).isZero();
    assertThat(value(Metric.LEASES_LOST)).isZero();
  }

  @Test
  void countsLogsThatTheBackendRefuses() throws Exception {
    world.backend.failNext(Call.APPEND, new PortException(FailureKind.INTERNAL, "no"));
    world.backend.failNext(Call.APPEND, new RequestTooLargeException("shorter"));

    runner().run(TASK);

    assertThat(value(Metric.LOG_BYTES, "refused")).isPositive();
  }

  @Test
  void countsCommandsByHowTheyEnd() throws Exception {
    world.commands.answer("build", new CommandResult.TimedOut(Duration.ofSeconds(1)), "");
    runner().run(TASK);
    world.commands.answer("build", 3, "");
    world.addTask(new TaskId("T-2"), "build");
    runner().run(new TaskId("T-2"));
    world.commands.refuse("build");
    world.addTask(new TaskId("T-3"), "build");
    runner().run(new TaskId("T-3"));

    assertThat(value(Metric.PROCESSES_ENDED, "timed_out")).isEqualTo(1);
    assertThat(value(Metric.PROCESSES_ENDED, "failed")).isEqualTo(1);
    assertThat(value(Metric.PROCESSES_ENDED, "not_started")).isEqualTo(1);
  }

  @Test
  void countsALostLease() throws Exception {
    world.backend.withLease(Duration.ofMillis(600));
    Held build = world.commands.hold("build", "");
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();
    world.backend.giveTo(new AvatarId("another"), TASK);

    assertThat(running.outcome()).isInstanceOf(TaskOutcome.NotOurs.class);

    assertThat(value(Metric.LEASES_LOST)).isEqualTo(1);
  }

  @Test
  void countsRenewalsByWhatTheBackendSays() throws Exception {
    var claim = new AttemptProgress(world.clock, world.settings().redactor()).claim();
    Attempt attempt = Attempt.of(TASK);
    StatusReporter reporter = new MeasuredReporter(world.backend.withLease(SOON), metrics);
    reporter.report(attempt, claim);
    reporter.renew(attempt, claim, 1);
    for (PortException failure :
        List.of(
            new UnauthorizedException("no"),
            new PortException(FailureKind.UNAVAILABLE, "away"),
            new TaskTakenException("another has it"))) {
      world.backend.failNext(Call.RENEW, failure);
      assertThatThrownBy(() -> reporter.renew(attempt, claim, 2)).isSameAs(failure);
    }

    for (String result : List.of("renewed", "refused", "failed", "taken")) {
      assertThat(value(Metric.LEASE_RENEWALS, result)).as(result).isEqualTo(1);
    }
  }

  @Test
  void countsPushesToABranchThatHasMoved() throws Exception {
    world.commands.answer(
        "build",
        (command, sink) -> {
          world.shop.seed(BRANCH.value(), Map.of("theirs.txt", "theirs\n"));
          return new CommandResult.Exited(0, Duration.ZERO);
        });

    assertThat(runner().run(TASK)).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(value(Metric.PUSH_CONFLICTS, "replayed")).isEqualTo(1);
  }

  @Test
  void addsUpWhatAgentsUse() throws Exception {
    world.addProse(TASK, Optional.empty());
    var agents = new ScriptedCodingAgent("qwen");
    var usage = new AgentUsage(3, 1, 4, 1000, 200, 0, 50, new BigDecimal("0.25"));
    agents.turn(new AgentAction.Use(usage), new AgentAction.Write("login.txt", "hello\n"));

    world.runner(world.ports().withAgents(agents).withMetrics(metrics), RunListener.NONE).run(TASK);

    assertThat(value(Metric.AGENT_TURNS, "qwen", "completed")).isEqualTo(1);
    assertThat(value(Metric.AGENT_TOKENS, "qwen", "input")).isEqualTo(1000);
    assertThat(value(Metric.AGENT_TOKENS, "qwen", "output")).isEqualTo(50);
    assertThat(value(Metric.AGENT_COST, "qwen")).isEqualTo(0.25);
  }

  @Test
  void measuresTheSpaceOfLogsAndWhatIsReclaimed() throws Exception {
    TaskRunner runner = runner();
    runner.run(TASK);
    double log = Files.size(world.filesLeft().get(0));

    runner.tidy();
    assertThat(value(Metric.DISK_USED, "logs")).isEqualTo(log);
    world.clock.advance(Duration.ofDays(31));
    runner.tidy();

    assertThat(value(Metric.DISK_USED, "logs")).isZero();
    assertThat(value(Metric.RECLAIMED_BYTES)).isEqualTo(log);
  }

  @Test
  void countsPolls() throws Exception {
    MessageSource source = new MeasuredMessages(world.backend.addTopic("tasks"), metrics);
    TopicId topic = source.topic("tasks");
    source.poll(topic, Optional.empty(), Duration.ZERO);
    world.backend.announce(TASK);
    source.poll(topic, Optional.empty(), Duration.ZERO);
    for (PortException failure :
        List.of(new UnauthorizedException("no"), new PortException(FailureKind.INTERNAL, "no"))) {
      world.backend.failNext(Call.POLL, failure);
      assertThatThrownBy(() -> source.poll(topic, Optional.empty(), Duration.ZERO))
          .isSameAs(failure);
    }

    for (String result : List.of("none", "messages", "refused", "failed")) {
      assertThat(value(Metric.POLLS, result)).as(result).isEqualTo(1);
    }
  }
}
