package io.numa.avatar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.FailureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client of the protocol takes, and how it answers. */
final class AcpClientTest {
  private static final String SAID =
      "{'sessionUpdate':'agent_message_chunk','content':{'type':'text','text':'%s'}}";
  private static final String OPTIONS =
      "'options':[{'optionId':'a','kind':'allow_always'},{'optionId':'b','kind':'reject_always'},"
          + "{'optionId':'c','kind':'reject_once'},{'optionId':'d','kind':'allow_once'}]";

  @TempDir private Path folder;

  private final InMemoryAgent agent = new InMemoryAgent();
  private final AgentDefinition definition = AgentSetup.acp("some-agent").build();
  private AgentWorld world;

  @BeforeEach
  void createWorld() {
    world = new AgentWorld(folder, agent);
  }

  private AgentTurn prompt() throws InterruptedException {
    try (AgentSession session = world.open(definition)) {
      return session.prompt("do it", AgentWorld.LIMITS);
    }
  }

  @Test
  void theSessionIsOpenedInTheTreeWithoutServersAndFileAccess() throws InterruptedException {
    agent.onPrompt();

    try (AgentSession session = world.open(definition)) {
      assertThat(session.identity().session()).contains("efghij");
    }

    JsonNode initialize = agent.await("initialize").path("params");
    assertThat(initialize.path("protocolVersion").asInt()).isEqualTo(1);
    assertThat(initialize.path("clientCapabilities").toString())
        .isEqualTo("{\"terminal\":false,\"fs\":{\"readTextFile\":false,\"writeTextFile\":false}}");
    assertThat(agent.await("session/new").path("params").toString())
        .isEqualTo("{\"cwd\":\"" + world.tree + "\",\"mcpServers\":[]}");
    assertThat(agent.ended()).isTrue();
  }

  @Test
  void unknownRequestsAreRefusedAtOnceAndUnknownNotificationsIgnored() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          agent.send("{'method':'qwen/notify/x','params':{}}");
          agent.send("{'id':'q-1','method':'craft/drainMidTurnQueue','params':{}}");
          agent.update("{'sessionUpdate':'session_info_update','title':'x'}");
        });
    endTurnAfterAnAnswer();

    assertThat(prompt()).isInstanceOf(AgentTurn.Completed.class);
    assertThat(agent.await(message -> message.path("id").asText().equals("q-1")).toString())
        .contains("\"error\":{\"code\":-32601");
  }

  @Test
  void aToolIsPutTogetherWhateverComesFirst() throws InterruptedException {
    agent.onPrompt(
        "{'sessionUpdate':'tool_call_update','toolCallId':'t','status':'in_progress'}",
        "{'sessionUpdate':'tool_call','toolCallId':'t','title':'Edit','kind':'edit','locations':[{'path':'/x/a.txt'}]}",
        "{'sessionUpdate':'tool_call_update','toolCallId':'t','status':'in_progress','content':[{'content':{'text':'its arguments'}},{'path':'a.txt'}]}",
        "{'sessionUpdate':'tool_call_update','toolCallId':'t','status':'completed','rawOutput':{'output':'ok'}}");

    AgentTurn turn = prompt();

    assertThat(turn.usage().toolCalls()).isEqualTo(1);
    assertThat(world.events.lines())
        .containsExactly(
            "tool t other RUNNING  []",
            "tool t edit RUNNING Edit [/x/a.txt]",
            "tool t edit COMPLETED Edit [/x/a.txt] = ok");
  }

  @Test
  void permissionIsGivenForOnceAndToldFromTheRequest() throws InterruptedException {
    askPermission("'title':'Write a.txt','kind':'edit','locations':[{'path':'a.txt'}]");

    assertThat(prompt()).isInstanceOf(AgentTurn.Completed.class);
    assertThat(choice()).isEqualTo("d");
    assertThat(world.events.lines()).containsExactly("tool t edit RUNNING Write a.txt [a.txt]");
  }

  @ParameterizedTest
  @CsvSource({
    "edit, /etc/passwd, '/etc/passwd' is outside of the working tree",
    "edit, ../x, '../x' is outside of the working tree",
    "edit, link/x, 'link/x' is outside of the working tree",
    "edit, dangling/x, 'dangling/x' is outside of the working tree",
    "read, ~/.ssh/id, '~/.ssh/id' is outside of the working tree",
    "edit, .git/config, '.git/config' is a file of Git",
    "edit, sub/.GIT/hooks/x, 'sub/.GIT/hooks/x' is a file of Git",
    "fetch, '', tools of the kind 'fetch' are denied"
  })
  void permissionIsRefused(String kind, String path, String reason) throws Exception {
    Files.createSymbolicLink(world.tree.resolve("link"), folder);
    Files.createSymbolicLink(world.tree.resolve("dangling"), folder.resolve("nothing"));
    askPermission("'title':'Do','kind':'%s','rawInput':{'file_path':'%s'}".formatted(kind, path));

    try (AgentSession session = world.open(AgentSetup.acp("some-agent").denying("fetch").build())) {
      session.prompt("do it", AgentWorld.LIMITS);
    }

    assertThat(choice()).isEqualTo("c");
    assertThat(world.events.lines("tool")).containsExactly("tool t " + kind + " REFUSED Do []");
    assertThat(world.events.lines("noted"))
        .containsExactly("noted refused 'Do': " + reason.replace("\\", ""));
  }

  @Test
  void anAgentThatGivesUpAfterARefusalSaysSo() throws InterruptedException {
    askPermission("'title':'Do','kind':'edit','locations':[{'path':'/etc/x'}]");
    agent.on(
        "", answer -> agent.answer(agent.await("session/prompt"), "{'stopReason':'cancelled'}"));

    var turn = (AgentTurn.Failed) prompt();

    assertThat(turn.message()).isEqualTo("it gave up its turn after it was refused a permission");
  }

  @Test
  void pathsInTheTreeAreAllowedHoweverTheyAreWritten() throws Exception {
    Files.createDirectories(world.tree.resolve("sub"));
    askPermission(
        "'kind':'edit','rawInput':{'file_path':'sub/../new/a.txt','path':'%s','url':'https://x/..'}"
            .formatted(world.tree.resolve("sub/b.txt")));

    prompt();

    assertThat(choice()).isEqualTo("d");
  }

  @Test
  void linesThatAreNoMessagesAndBadBytesAreSurvived() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          agent.send("Warning: something");
          agent.send("");
          agent.send("{'half':");
          agent.send("[1,2]");
          agent.bytes(new byte[] {(byte) 0xff, '{', '\n'});
          agent.update(SAID.formatted("still here"));
          agent.answer(message, "{'stopReason':'end_turn'}");
        });

    assertThat(prompt().summary()).isEqualTo("still here");
  }

  @Test
  void theSummaryIsTheLastMessageAndNoWarningOfTheProgram() throws InterruptedException {
    agent.onPrompt(
        SAID.formatted("first"),
        "{'sessionUpdate':'tool_call','toolCallId':'t','status':'completed'}",
        SAID.formatted("All "),
        SAID.formatted("done"),
        "{'sessionUpdate':'tool_call','toolCallId':'u','status':'failed'}",
        SAID.formatted(" "));

    assertThat(prompt().summary()).isEqualTo("All done");
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, Completed, ",
    "refusal, Refused, ",
    "max_tokens, LimitReached, TOKENS",
    "max_turn_requests, LimitReached, TURNS",
    "cancelled, Failed, AGENT_FAILED",
    "weary, Failed, AGENT_FAILED"
  })
  void theStopReasonDecides(String reason, String result, String detail)
      throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> agent.answer(message, "{'stopReason':'%s'}".formatted(reason)));

    AgentTurn turn = prompt();

    assertThat(turn.getClass().getSimpleName()).isEqualTo(result);
    assertThat(turn.toString()).contains(detail == null ? "" : "=" + detail);
  }

  @ParameterizedTest
  @CsvSource({"-32000, AGENT_LOGIN", "-32603, AGENT_FAILED", "401, AGENT_FAILED"})
  void withoutAGatewayOnlyTheProtocolsOwnErrorIsALogin(int code, FailureKind kind)
      throws InterruptedException {
    agent.on("session/prompt", message -> agent.fail(message, code, "401 Unauthorized"));

    var turn = (AgentTurn.Failed) prompt();

    assertThat(turn.kind()).isEqualTo(kind);
    assertThat(turn.message()).isEqualTo("401 Unauthorized");
  }

  @Test
  void anAgentThatEndsInItsTurnFailsWithItsLastWords() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          agent.update(SAID.formatted("I begin"));
          agent.warn("TypeError: x is not a function");
          agent.exit(7);
        });

    var turn = (AgentTurn.Failed) prompt();

    assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_FAILED);
    assertThat(turn.message())
        .isEqualTo("its program ended with exit code 7, and said: TypeError: x is not a function");
    assertThat(turn.summary()).isEqualTo("I begin");
  }

  @Test
  void aTextReachesTheRunningTurnOfAnAgentThatTakesIt() throws Exception {
    takesMessages();
    agent.on(
        "_session/steering",
        message -> {
          agent.answer(message, "{'outcome':'injected'}");
          agent.answer(agent.await("session/prompt"), "{'stopReason':'end_turn'}");
        });

    try (AgentSession session = world.open(definition)) {
      assertThat(session.steer("too early")).isFalse();
      FutureTask<Boolean> taken = inTurn(session, "stop that");
      session.prompt("do it", AgentWorld.LIMITS);
      assertThat(taken.get()).isTrue();
      assertThat(session.steer("too late")).isFalse();
    }
    JsonNode params = agent.await("_session/steering").path("params");
    assertThat(params.path("prompt").toString())
        .isEqualTo("[{\"type\":\"text\",\"text\":\"stop that\"}]");
    assertThat(params.at("/_meta/steering/idleBehavior").asText()).isEqualTo("promptRequired");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'outcome':'failed'}",
        "{'outcome':'promptRequired','reason':'noRunningTurn'}",
        "{'outcome':'startedNewTurn'}"
      })
  void aTextThatTheAgentDoesNotTakeIntoItsTurnIsNotDelivered(String answer) throws Exception {
    takesMessages();
    agent.on(
        "_session/steering",
        message -> {
          agent.answer(message, answer);
          agent.answer(agent.await("session/prompt"), "{'stopReason':'end_turn'}");
        });

    try (AgentSession session = world.open(definition)) {
      FutureTask<Boolean> taken = inTurn(session, "stop that");
      session.prompt("do it", AgentWorld.LIMITS);
      assertThat(taken.get()).isFalse();
      if (answer.contains("startedNewTurn")) {
        // The end of the session would not wait until it is written.
        assertThat(agent.await("session/cancel").path("params").has("prompt")).isFalse();
      }
    }
  }

  @Test
  void theEndOfATurnWaitsForTheAnswerToWhatTheAgentWasTold() throws Exception {
    takesMessages();
    agent.on(
        "_session/steering",
        message -> {
          agent.answer(agent.await("session/prompt"), "{'stopReason':'end_turn'}");
          agent.answer(message, "{'outcome':'injected'}");
        });

    try (AgentSession session = world.open(definition)) {
      FutureTask<Boolean> taken = inTurn(session, "stop that");
      session.prompt("do it", AgentWorld.LIMITS);
      assertThat(taken.get()).isTrue();
    }
  }

  private void takesMessages() {
    agent.on(
        "initialize",
        message ->
            agent.answer(message, "{'protocolVersion':1,'_meta':{'steering':{'supported':true}}}"));
  }

  /** Tells the agent something, on another thread, when its turn has begun. */
  private FutureTask<Boolean> inTurn(AgentSession session, String text) {
    var taken = new FutureTask<>(() -> session.steer(text));
    agent.on("session/prompt", message -> new Thread(taken, "steers").start());
    return taken;
  }

  @Test
  void anAgentThatAsksForTheSamePermissionForEverIsEnded() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          for (int i = 0; i < 30; i++) {
            agent.send(
                "{'id':%d,'method':'session/request_permission','params':{'toolCall':{'toolCallId':'t','title':'X'},%s}}"
                    .formatted(900 + i, OPTIONS));
          }
        });
    agent.on(
        "session/cancel",
        message -> agent.answer(agent.await("session/prompt"), "{'stopReason':'cancelled'}"));

    var turn = (AgentTurn.LimitReached) prompt();

    assertThat(turn.limit()).isEqualTo(AgentLimit.LOOP);
    assertThat(agent.ended()).isTrue();
  }

  private void askPermission(String tool) {
    agent.on(
        "session/prompt",
        message ->
            agent.send(
                "{'id':77,'method':'session/request_permission','params':{'toolCall':{'toolCallId':'t',%s},%s}}"
                    .formatted(tool, OPTIONS)));
    endTurnAfterAnAnswer();
  }

  private void endTurnAfterAnAnswer() {
    agent.on(
        "", answer -> agent.answer(agent.await("session/prompt"), "{'stopReason':'end_turn'}"));
  }

  private String choice() {
    return agent
        .await(message -> message.path("id").asInt() == 77)
        .path("result")
        .path("outcome")
        .path("optionId")
        .asText();
  }
}
