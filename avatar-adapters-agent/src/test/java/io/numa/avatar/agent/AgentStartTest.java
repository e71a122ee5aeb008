package io.numa.avatar.agent;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How agents are started, what they are told, and what they must not see. */
final class AgentStartTest {
  @TempDir private Path folder;

  private final InMemoryAgent agent = new InMemoryAgent();
  private final FakeGateway gateway = new FakeGateway();
  private AgentWorld world;

  @BeforeEach
  void createWorld() {
    world = new AgentWorld(folder, agent);
    world.gateway = gateway;
  }

  @Test
  void aPresetTellsTheModelItsAddressAndAPlaceholder() throws Exception {
    world.open(AgentSetup.preset("qwen").model("qwen3-coder-plus").api().build()).close();

    assertThat(agent.request().line())
        .isEqualTo(
            new CommandLine.Argv(List.of("qwen", "--acp", "--auth-type", "openai", "--bare")));
    assertThat(agent.request().environment())
        .containsEntry("OPENAI_API_KEY", "placeholder-key")
        .containsEntry("OPENAI_BASE_URL", "http://127.0.0.1:7/way/v1")
        .containsEntry("OPENAI_MODEL", "qwen3-coder-plus")
        .containsEntry("HOME", world.home.toString())
        .containsEntry("XDG_CONFIG_HOME", world.home.resolve(".config").toString())
        .containsEntry("GIT_TERMINAL_PROMPT", "0")
        .doesNotContainValue("real-key");
    assertThat(world.home.resolve(".qwen/settings.json"))
        .content()
        .contains("\"usageStatisticsEnabled\" : false");
    assertThat(Files.getPosixFilePermissions(world.home)).isEqualTo(fromString("rwx------"));
    assertThat(gateway.request.models()).containsExactly("qwen3-coder-plus");
    assertThat(gateway.request.record().orElseThrow().toString()).endsWith(".llm.jsonl");
    assertThat(gateway.calls).containsExactly("close");
  }

  @Test
  void aPresetCodexNamesItsProviderOnTheCommandLine() throws Exception {
    world.open(AgentSetup.preset("codex").model("gpt-5.5").api().build()).close();

    assertThat(agent.request().line().display())
        .contains("-c model=gpt-5.5 -c model_provider=gateway")
        .contains("base_url=\"http://127.0.0.1:7/way/v1\"")
        .doesNotContain("placeholder-key");
    assertThat(world.home.resolve(".codex")).isDirectory();
  }

  @Test
  void settingsOfOpencodeAreAFileOfItsHome() throws Exception {
    world.open(AgentSetup.preset("opencode").model("m-1").api().build()).close();

    assertThat(world.home.resolve("opencode.json"))
        .content()
        .contains("\"baseURL\" : \"http://127.0.0.1:7/way/v1\"")
        .contains("\"m-1\" : {")
        .contains("\"small_model\" : \"gateway/m-1\"");
    assertThat(agent.request().environment())
        .containsEntry("OPENCODE_CONFIG", world.home.resolve("opencode.json").toString())
        .containsEntry("OPENCODE_DISABLE_PROJECT_CONFIG", "1");
  }

  @Test
  void withoutAnApiNothingIsSaidOfAModelHost() throws Exception {
    world.open(AgentSetup.preset("gemini").build()).close();

    assertThat(agent.request().line().display()).isEqualTo("gemini --acp");
    assertThat(agent.request().environment())
        .doesNotContainKeys("GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL");
  }

  @Test
  void claudeLoadsNoSettingsOfARepositoryUnlessItIsTrusted() throws Exception {
    world.open(AgentSetup.preset("claude").build()).close();

    assertThat(agent.await("session/new").path("params").path("_meta").toString())
        .isEqualTo(
            "{\"claudeCode\":{\"options\":{\"settingSources\":[\"user\"],\"strictMcpConfig\":true}}}");
  }

  @Test
  void anAgentsOwnVariablesAndSecretsReachItAlone() throws Exception {
    world
        .open(
            AgentSetup.preset("claude")
                .environment(
                    Map.of("DISABLE_AUTOUPDATER", "0"),
                    Map.of("ANTHROPIC_API_KEY", new Secret("own-key")))
                .build())
        .close();

    assertThat(agent.request().environment())
        .containsEntry("DISABLE_AUTOUPDATER", "0")
        .containsEntry("ANTHROPIC_API_KEY", "own-key");
  }

  @Test
  void filesThatConfigureTheAgentAreHiddenAndGuidanceStays() throws Exception {
    agent.hiding();
    seed(".qwen/settings.json", ".env", ".claude/settings.json", "QWEN.md", "AGENTS.md");

    world.open(AgentSetup.preset("qwen").build()).close();

    assertThat(agent.request().hidden())
        .containsExactlyInAnyOrder(world.tree.resolve(".qwen"), world.tree.resolve(".env"));
  }

  @Test
  void aLinkIsHiddenByItsOwnNameSoThatNothingOutsideIs() throws Exception {
    agent.hiding();
    Files.createSymbolicLink(world.tree.resolve(".qwen"), Path.of("/dev/null"));
    Files.createSymbolicLink(world.tree.resolve(".env"), Path.of(".env"));
    Files.createSymbolicLink(world.tree.resolve(".env.local"), Path.of("nothing"));

    world.open(AgentSetup.preset("qwen").build()).close();

    assertThat(agent.request().hidden()).containsExactly(world.tree.resolve(".qwen"));
  }

  @Test
  void filesThatCannotBeHiddenAreAReasonToRefuseTheRepository() throws Exception {
    seed(".qwen/settings.json", ".mcp.json");

    PortException denied = failure(AgentSetup.acp("house").build());

    assertThat(denied.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(denied)
        .hasMessage(
            "could not start the agent 'tester': the repository has files that configure it, and"
                + " this system cannot hide them: .mcp.json, .qwen; set 'trust_repository' to let"
                + " the agent load them");
    assertThat(agent.starts()).isZero();
  }

  @Test
  void aTrustedRepositoryMayConfigureTheAgent() throws Exception {
    seed(".qwen/settings.json");

    world.open(AgentSetup.preset("qwen").trusting().build()).close();

    assertThat(agent.request().line().display()).doesNotContain("--bare");
    assertThat(agent.request().hidden()).isEmpty();
  }

  @Test
  void settingsAreNotWrittenThroughALinkThatAnEarlierSessionLeft() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createDirectories(world.home);
    Files.createSymbolicLink(world.home.resolve(".qwen"), outside);

    assertThat(failure(AgentSetup.preset("qwen").build()))
        .hasMessageEndingWith(
            "its HOME cannot be made: " + world.home.resolve(".qwen") + " is a link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void theGatewayLetsTheAgentsOwnModelThroughBesideFurtherOnes() throws Exception {
    world.open(AgentSetup.preset("qwen").model("m-1").models("m-2").api().build()).close();

    assertThat(gateway.request.models()).containsExactlyInAnyOrder("m-1", "m-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "--yolo", "m\" x=\"", "m-1\n"})
  void aTaskMayNotChooseAnotherModel(String model) {
    var request =
        new AgentRequest("tester", Optional.of(model), world.tree, world.home, AttemptId.random());

    var agents = world.agents(AgentSetup.preset("gemini").model("m-1").api().build());

    PortException denied =
        catchThrowableOfType(PortException.class, () -> agents.open(request, world.events));
    assertThat(denied.kind()).isEqualTo(FailureKind.DENIED);
  }

  @Test
  void anAgentThatDoesNotAnswerIsUnavailable() {
    agent.on("session/new", message -> {});

    PortException late = failure(AgentSetup.acp("house").limits(startup(50)).build());

    assertThat(late.kind()).isEqualTo(FailureKind.AGENT_UNAVAILABLE);
    assertThat(late)
        .hasMessage(
            "could not start the agent 'tester': it did not answer 'session/new' within 0.1 s");
    assertThat(agent.ended()).isTrue();
  }

  @Test
  void anAgentThatEndsAtItsStartIsUnavailableAndItsLastWordsAreTold() {
    agent.on(
        "initialize",
        message -> {
          agent.warn("Error: Node.js 22 is needed");
          agent.exit(1);
        });

    assertThat(failure(AgentSetup.acp("house").build()))
        .hasMessage(
            "could not start the agent 'tester': its program ended with exit code 1, and said:"
                + " Error: Node.js 22 is needed");
  }

  @Test
  void anAgentThatDemandsALoginSaysSo() {
    agent.on("session/new", message -> agent.fail(message, -32000, "Authentication required"));

    assertThat(failure(AgentSetup.acp("house").build()).kind()).isEqualTo(FailureKind.AGENT_LOGIN);
  }

  @Test
  void anotherVersionOfTheProtocolIsNotSpoken() {
    agent.on("initialize", message -> agent.answer(message, "{'protocolVersion':2}"));

    assertThat(failure(AgentSetup.acp("house").build()))
        .hasMessageEndingWith("it speaks version 2 of the protocol, not 1");
  }

  @Test
  void thereIsNoAgentOfAnotherName() {
    var agents = world.agents(AgentSetup.acp("house").build());
    var request =
        new AgentRequest("other", Optional.empty(), world.tree, world.home, AttemptId.random());

    PortException unknown =
        catchThrowableOfType(PortException.class, () -> agents.open(request, world.events));

    assertThat(unknown.kind()).isEqualTo(FailureKind.NO_AGENT);
    assertThat(unknown).hasMessageContaining("tester");
  }

  @Test
  void itsSandboxHoldsItsHomeAndLeadsToItsGatewayAlone() throws Exception {
    var site =
        new SandboxSite(
            WorkKind.AGENT,
            RepositoryUrl.parse("https://git.example.com/r.git"),
            world.tree,
            Set.of(folder));
    var request =
        new AgentRequest(
            "tester",
            Optional.empty(),
            world.tree,
            world.home,
            AttemptId.random(),
            Optional.empty(),
            Optional.of(site));

    world.agents(AgentSetup.preset("gemini").api().build()).open(request, world.events).close();

    assertThat(agent.request().site())
        .contains(site.withHome(world.home).withServices(Set.of(gateway.address().getPort())));
  }

  private PortException failure(AgentDefinition definition) {
    return catchThrowableOfType(PortException.class, () -> world.open(definition));
  }

  private void seed(String... files) throws IOException {
    for (String file : files) {
      Path path = world.tree.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "x");
    }
  }

  private static AgentLimits startup(long millis) {
    return new AgentLimits(
        Duration.ofMillis(millis),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }
}
