package io.numa.avatar.cli.agents;

import static io.numa.avatar.cli.agents.AgentWorld.BRANCH;
import static io.numa.avatar.cli.agents.AgentWorld.DESCRIPTION;
import static io.numa.avatar.cli.agents.AgentWorld.RIGHT;
import static io.numa.avatar.cli.agents.AgentWorld.STILL_WRONG;
import static io.numa.avatar.cli.agents.AgentWorld.TITLE;
import static io.numa.avatar.cli.agents.AgentWorld.WRONG;
import static io.numa.avatar.testkit.model.ModelAction.edit;
import static io.numa.avatar.testkit.model.ModelAction.fail;
import static io.numa.avatar.testkit.model.ModelAction.hang;
import static io.numa.avatar.testkit.model.ModelAction.read;
import static io.numa.avatar.testkit.model.ModelAction.say;
import static io.numa.avatar.testkit.model.ModelAction.shell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.AvatarProcess;
import io.numa.avatar.testkit.model.ModelRequest;
import io.numa.avatar.testkit.model.ModelScript;
import io.numa.avatar.testkit.model.ModelUsage;
import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A task of prose, through the packaged avatar, by a real coding agent with a scripted model. Each
 * agent has a class that extends this one.
 */
@ResourceLock("coding agents") // several of them at a time would be slow
abstract class RealAgentTests {
  private static final ModelScript WRONG_THEN_RIGHT =
      ModelScript.first(
              say("I read the program. "),
              read("add.sh"),
              edit("add.sh", WRONG, STILL_WRONG),
              say("It adds now."))
          .then(
              shell("env | grep GIT_TERMINAL"),
              edit("add.sh", STILL_WRONG, RIGHT),
              say("Now it really adds."));

  private static final ModelUsage USAGE = ModelUsage.of(1_000, 50).withCached(400);

  /** By the prices of the configuration. */
  private static final BigDecimal COST_OF_A_REQUEST = new BigDecimal("0.00125");

  private final RealAgent agent;
  @TempDir Path folder;
  private AgentWorld world;
  private NumaBackend backend;

  RealAgentTests(RealAgent agent) {
    this.agent = agent;
  }

  @BeforeEach
  void startServers() throws IOException {
    world = new AgentWorld(agent, folder);
    backend = NumaBackend.start().withToken(world.token());
    backend
        .addApplication(1, world.application())
        .addTask(
            1,
            Map.of(
                "title", TITLE,
                "description", DESCRIPTION,
                "application_id", 1,
                "code_branch", BRANCH));
  }

  @AfterEach
  void stopServers() {
    if (world != null) { // an agent that cannot be installed skips the test before
      backend.close();
      world.close();
    }
  }

  @Test
  void repairsWhatTheTestsRefuse() throws Exception {
    world.model().withUsage(USAGE).play(WRONG_THEN_RIGHT);
    backend.announce(1);

    String console = world.carryOut(backend.url(), 1);

    assertThat(backend.statuses(1)).as(backend.log(1)).endsWith("done");
    assertThat(world.repository().read(BRANCH, "add.sh")).endsWith("\n" + RIGHT + "\n");
    assertThat(world.repository().log(BRANCH)).hasSize(2);
    assertThat(backend.log(1))
        .contains("I read the program.", "add.sh", "2 and 3 make 6", "Now it really adds.");
    assertThatTheWorkIsTold(last().details());
    assertThatTheRepairWasAskedFor(world.model().turns());
    world.assertThatNothingGivesAwayASecret(Stream.of(console, backend.events(1).toString()));
  }

  private void assertThatTheWorkIsTold(JsonNode details) {
    JsonNode told = details.path("agent");
    int requests = told.path("requests").asInt();
    assertThat(told.path("name").asText()).isEqualTo("helper");
    assertThat(told.path("version").asText()).contains(agent.version());
    assertThat(told.path("summary").asText()).isEqualTo("Now it really adds.");
    assertThat(told.path("repairs").asInt()).isEqualTo(1);
    assertThat(requests).isGreaterThanOrEqualTo(6);
    assertThat(told.path("output_tokens").asInt()).isEqualTo(50 * requests);
    assertThat(told.path("cached_tokens").asInt()).isEqualTo(400 * requests);
    assertThat(told.path("cost").decimalValue())
        .isEqualByComparingTo(COST_OF_A_REQUEST.multiply(BigDecimal.valueOf(requests)));
    assertThat(details.at("/changes/files").asInt()).isEqualTo(1);
  }

  private static void assertThatTheRepairWasAskedFor(List<ModelRequest> turns) {
    ModelRequest first = turns.get(0);
    ModelRequest last = turns.get(turns.size() - 1);
    assertThat(first.prompt()).contains(TITLE, DESCRIPTION);
    assertThat(last.prompt()).contains("sh test.sh", "2 and 3 make 6");
    assertThat(last.body())
        .as("one session, with the result of the command")
        .contains(TITLE, "GIT_TERMINAL_PROMPT=0");
  }

  /** The task as the public backend makes it: its content stands in the requirement. */
  @Test
  void repairsATaskOfTheSecondDialect() throws Exception {
    world.model().play(WRONG_THEN_RIGHT);
    try (var list = NumaV1Backend.start().withToken(world.token())) {
      list.addApplication(7, world.application())
          .addTask(
              1,
              Map.of(
                  "title",
                  "开发任务 - 方案 - " + TITLE,
                  "description",
                  "A task for the confirmed solution.",
                  "application_id",
                  7,
                  "code_branch",
                  "开发任务 - 方案: sums?",
                  "requirement",
                  Map.of("id", 3, "title", TITLE, "description", DESCRIPTION)));

      String console = world.carryOut(list.url(), 1);

      assertThat(list.statuses(1)).as(console).containsExactly("in_progress", "done");
      assertThat(world.repository().read("dev-1", "add.sh")).endsWith("\n" + RIGHT + "\n");
      assertThatTheRepairWasAskedFor(world.model().turns());
    }
  }

  @Test
  void endsInSecondsWhenTheModelRefusesTheKey() throws Exception {
    world.model().play(ModelScript.always(fail(401)));
    backend.announce(1);

    world.carryOut(backend.url(), 1);

    assertThat(last().word()).isEqualTo("failed");
    assertThat(last().details().at("/failure/kind").asText()).isEqualTo("agent_login");
    assertThat(world.model().turns()).hasSize(1);
    assertThat(world.repository().branches()).containsExactly("main");
  }

  @Test
  void endsTheAgentWhenTheTaskIsCancelled() throws Exception {
    world.model().play(ModelScript.first(hang()));
    backend.announce(1);

    try (AvatarProcess avatar = world.start(backend.url(), "run", "--max-tasks", "1")) {
      world.model().awaitRequest(it -> !it.tools().isEmpty(), Duration.ofMinutes(2));
      world.assertThatProcessesKnowNoSecret(avatar.descendants());
      backend.cancel(1);

      assertThat(avatar.await()).as(avatar.console()).isZero();
    }
    assertThat(last().word()).isEqualTo("cancelled");
    assertThat(world.repository().branches()).containsExactly("main");
    assertThat(world.processes()).isEmpty();
  }

  private StatusWritten last() {
    List<StatusWritten> all = backend.statusesWritten(1);
    return all.get(all.size() - 1);
  }
}
