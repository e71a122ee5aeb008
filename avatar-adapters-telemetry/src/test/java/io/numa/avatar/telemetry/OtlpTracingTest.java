package io.numa.avatar.telemetry;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryRepository;
import io.numa.avatar.testkit.ManualClock;
import io.numa.avatar.testkit.ScriptedCommandRunner;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import io.numa.avatar.time.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traces of real attempts, as a collector gets them. */
class OtlpTracingTest {
  private static final String SECRET = "s3cr3t-t0ken";
  private static final String KEY = "Bearer k3y-of-the-collector";
  private static final String PROMPT = "Let people log in.";
  private static final String ANSWER = "The page has a form now.";
  private static final RepositoryUrl SHOP = RepositoryUrl.parse("https://git.example.com/shop.git");

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2025-08-03T10:00:00Z");
  private final InMemoryBackend backend = new InMemoryBackend();
  private final ScriptedCodingAgent agent = new ScriptedCodingAgent("qwen");
  private final Redactor redactor = Redactor.of(List.of(new Secret(SECRET)));
  private Collector collector;

  @BeforeEach
  void start() throws Exception {
    collector = Collector.answering(200);
    backend.addApplication(
        new Application(
            new ApplicationId("7"),
            "shop",
            SHOP,
            Optional.of(new BranchName("main")),
            Optional.of(new TestCommand.None())));
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  @Test
  void eachAttemptIsATraceOfItsStagesTurnsAndTools() throws Exception {
    agent.turn(
        new AgentAction.Call("Grep " + SECRET + "\nin src", "search", "found " + SECRET),
        new AgentAction.Write("login.txt", "Log in.\n"),
        new AgentAction.Say(ANSWER));
    agent.turn(new AgentAction.Write("logout.txt", "Log out.\n"));

    List<TaskOutcome> outcomes = run("T-1", "T-2");

    assertThat(outcomes).allMatch(TaskOutcome.Delivered.class::isInstance);
    Map<String, List<SeenSpan>> traces =
        collector.spans().stream().collect(groupingBy(SeenSpan::trace));
    assertThat(traces).hasSize(2);
    traces.values().forEach(OtlpTracingTest::assertThatStagesAreBelowTheAttempt);
    List<SeenSpan> first =
        traces.values().stream().filter(spans -> isOf(spans, "T-1")).findFirst().orElseThrow();
    SeenSpan attempt = named(first, "attempt");
    assertThat(attempt.attributes()).containsEntry("numa.outcome", "delivered");
    assertThat(attempt.resource())
        .containsEntry("service.name", "numa-avatar")
        .containsEntry("service.instance.id", "avatar_001")
        .containsEntry("service.version", "1.2.3");
    SeenSpan turn = named(first, "invoke_agent qwen");
    assertThat(turn.parent()).isEqualTo(named(first, "develop").id());
    assertThat(turn.attributes())
        .containsEntry("gen_ai.agent.name", "qwen")
        .containsEntry("numa.agent.stop", "completed");
    SeenSpan search = named(first, "execute_tool search");
    assertThat(search.parent()).isEqualTo(turn.id());
    assertThat(search.attributes())
        .containsEntry("numa.tool.title", "Grep *** in src")
        .containsEntry("numa.tool.state", "completed");
    assertThat(named(first, "execute_tool edit").parent()).isEqualTo(turn.id());
  }

  private static void assertThatStagesAreBelowTheAttempt(List<SeenSpan> trace) {
    SeenSpan attempt = named(trace, "attempt");
    assertThat(attempt.parent()).isEmpty();
    for (String stage : List.of("fetch", "plan", "clone", "develop", "commit", "push")) {
      assertThat(named(trace, stage).parent()).as(stage).isEqualTo(attempt.id());
    }
  }

  @Test
  void secretsPromptsAndAnswersStayHere() throws Exception {
    agent.turn(
        new AgentAction.Call("Run " + SECRET, "execute", "printed " + SECRET),
        new AgentAction.Write("login.txt", "Log in.\n"),
        new AgentAction.Say(ANSWER));

    run("T-1");

    assertThat(collector.requests())
        .isNotEmpty()
        .allSatisfy(
            request -> {
              assertThat(request.path()).isEqualTo("/v1/traces");
              assertThat(request.headers().getFirst("Authorization")).isEqualTo(KEY);
              assertThat(request.headers().getFirst("Content-Type"))
                  .isEqualTo("application/x-protobuf");
              assertThat(request.bytes())
                  .doesNotContain(SECRET, KEY, PROMPT, ANSWER, "printed", "Log in.");
            });
  }

  @Test
  void aFailureIsToldByItsKindWhereItHappened() throws Exception {
    agent.turn(new AgentAction.Fail(FailureKind.AGENT_LOGIN, "no login for " + SECRET));

    run("T-1");

    List<SeenSpan> spans = collector.spans();
    for (String failed : List.of("attempt", "develop", "invoke_agent qwen")) {
      SeenSpan span = named(spans, failed);
      assertThat(span.attributes()).as(failed).containsEntry("error.type", "agent_login");
      assertThat(span.status()).as(failed).isEqualTo(2);
    }
    assertThat(named(spans, "attempt").attributes())
        .containsEntry("numa.outcome", "failed")
        .containsEntry("numa.stage", "develop");
    assertThat(named(spans, "clone").status()).isZero();
  }

  /** The agents are passed on as they are. */
  @Test
  void tracedAgentsWorkAsBefore() throws Exception {
    try (var tracing = tracing(collector.url())) {
      assertThat(tracing.traced(agent).names()).containsExactly("qwen");
      assertThat(Tracing.NONE.traced(agent)).isSameAs(agent);
    }
  }

  private List<TaskOutcome> run(String... ids) throws Exception {
    var repository = new InMemoryRepository("Avatar", "avatar@example.com", clock);
    repository.create(SHOP).seed("main", Map.of("README.md", "A shop.\n"));
    var settings =
        RunSettings.of(
            new AvatarId("avatar_001"), folder.resolve("work"), folder.resolve("logs"), redactor);
    var outcomes = new ArrayList<TaskOutcome>();
    try (var tracing = tracing(collector.url())) {
      Ports ports =
          Ports.of(backend, backend, repository, new ScriptedCommandRunner())
              .withAgents(tracing.traced(agent));
      var runner = new TaskRunner(ports, settings, tracing.listener(), clock);
      for (String id : ids) {
        backend.addTask(
            Task.of(
                new TaskId(id),
                "Let people log in",
                new ApplicationId("7"),
                new BranchName("dev-" + id),
                new PlanSource.Prose(PROMPT)));
        outcomes.add(runner.run(new TaskId(id)));
      }
    }
    return outcomes;
  }

  private OtlpTracing tracing(URI url) {
    return new OtlpTracing(
        new TelemetrySettings(
            url,
            Map.of("Authorization", new Secret(KEY)),
            "avatar_001",
            "1.2.3",
            redactor,
            UnaryOperator.identity()),
        TimeSource.SYSTEM);
  }

  private static SeenSpan named(List<SeenSpan> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isOf(List<SeenSpan> spans, String task) {
    return named(spans, "attempt").attributes().get("numa.task.id").equals(task);
  }
}
