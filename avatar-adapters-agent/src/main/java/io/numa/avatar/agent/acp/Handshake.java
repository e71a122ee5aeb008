package io.numa.avatar.agent.acp;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.agent.launch.Launch;
import io.numa.avatar.agent.turn.Conversation;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** The first words with an agent, until it has a session. */
final class Handshake {
  private static final int VERSION = 1;

  private final Launch launch;
  private final AcpConnection connection;
  private final Conversation conversation;
  private final TimeSource time;
  private final long start;

  Handshake(Launch launch, AcpConnection connection, Conversation conversation, TimeSource time) {
    this.launch = launch;
    this.connection = connection;
    this.conversation = conversation;
    this.time = time;
    this.start = time.nanoTime();
  }

  /**
   * An agent that waits for a prompt.
   *
   * @param version as the program tells it
   * @param steerable whether it takes messages during a turn
   */
  record Ready(String session, Optional<String> version, boolean steerable) {}

  /**
   * Speaks with the agent.
   *
   * @throws PortException if it fails, or takes longer than its limit
   */
  Ready run() throws InterruptedException {
    JsonNode agent = ask("initialize", initialization());
    int version = agent.path("protocolVersion").asInt(0);
    if (version != VERSION) {
      throw launch.unavailable(
          String.format(
              Locale.ROOT, "it speaks version %d of the protocol, not %d", version, VERSION));
    }
    String session = ask("session/new", session()).path("sessionId").asText("");
    if (session.isEmpty()) {
      throw launch.unavailable("it gave no session");
    }
    return new Ready(
        session,
        Optional.ofNullable(agent.path("agentInfo").path("version").textValue()),
        agent.path("_meta").path("steering").path("supported").asBoolean(false));
  }

  private static ObjectNode initialization() {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put("protocolVersion", VERSION);
    ObjectNode capabilities = params.putObject("clientCapabilities").put("terminal", false);
    capabilities.putObject("fs").put("readTextFile", false).put("writeTextFile", false);
    params.putObject("clientInfo").put("name", "numa-avatar").put("version", "1");
    return params;
  }

  private ObjectNode session() {
    ObjectNode params =
        JsonNodeFactory.instance.objectNode().put("cwd", launch.request().directory().toString());
    params.putArray("mcpServers");
    if (!launch.agent().trustRepository()) {
      launch.preset().untrusted().sessionMeta().ifPresent(meta -> params.set("_meta", meta));
    }
    return params;
  }

  private JsonNode ask(String method, ObjectNode params) throws InterruptedException {
    BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1);
    connection.request(method, params, answers::add);
    Duration left = launch.agent().limits().startup().minus(time.since(start));
    Answer answer = answers.poll(Math.max(0, left.toNanos()), NANOSECONDS);
    if (answer == null) {
      throw launch.unavailable(
          String.format(
              Locale.ROOT,
              "it did not answer '%s' within %s",
              method,
              Durations.text(launch.agent().limits().startup())));
    }
    if (answer.failed()) {
      throw failure(answer);
    }
    return answer.result();
  }

  private PortException failure(Answer answer) {
    Optional<String> login = conversation.refusedLogin();
    if (login.isPresent()) {
      return launch.failure(FailureKind.AGENT_LOGIN, login.get());
    }
    return launch.failure(
        answer.demandsLogin() ? FailureKind.AGENT_LOGIN : FailureKind.AGENT_UNAVAILABLE,
        answer.message());
  }
}
