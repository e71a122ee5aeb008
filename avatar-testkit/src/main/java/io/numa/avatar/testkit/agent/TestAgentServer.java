package io.numa.avatar.testkit.agent;

import io.numa.avatar.time.Background;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The test agent's side of the Agent Client Protocol. Its turns run beside the reading of input.
 */
final class TestAgentServer {
  private static final String SESSION = "session-0123456789abcdef";
  private static final int NO_LOGIN = -32000;
  private static final int UNKNOWN_METHOD = -32601;
  private static final int INTERNAL = -32603;
  private static final int MAX_STEERS = 100;

  private final TestAgentSwitches switches;
  private final AcpVoice voice;
  private final BlockingQueue<String> steers = new ArrayBlockingQueue<>(MAX_STEERS);
  private int turns;
  private @Nullable Thread turn;

  TestAgentServer(TestAgentSwitches switches, PrintStream output) {
    this.switches = switches;
    this.voice = new AcpVoice(output, SESSION);
  }

  /** Serves until the input ends. */
  void serve(InputStream input) throws IOException {
    if (switches.has("--noise")) {
      voice.line("Welcome to the agent!");
      voice.line("{\"level\":\"warn\"");
    }
    var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      received(Objects.requireNonNull(Json.parse(line)));
    }
    if (switches.has("--ignore-eof")) {
      TestAgent.hang();
    }
    exit(0);
  }

  private void received(Object message) {
    Object method = Json.at(message, "method");
    Object id = Json.at(message, "id");
    if (method == null) {
      voice.answered(message);
      return;
    }
    switch ((String) method) {
      case "initialize" -> initialize(Objects.requireNonNull(id));
      case "session/new" -> newSession(Objects.requireNonNull(id));
      case "session/prompt" -> prompt(Objects.requireNonNull(id), promptText(message));
      case "session/cancel" -> cancel();
      case "_session/steering" -> steer(Objects.requireNonNull(id), promptText(message));
      default -> refuse(id);
    }
  }

  private void initialize(Object id) {
    misbehave("initialize");
    String version = switches.value("--protocol");
    voice.message(
        "id",
        id,
        "result",
        Json.map(
            "protocolVersion",
            version.isEmpty() ? 1 : Integer.parseInt(version),
            "agentInfo",
            Json.map("name", "test-agent", "version", TestAgent.VERSION),
            "agentCapabilities",
            Json.map("loadSession", false),
            "_meta",
            Json.map("steering", Json.map("supported", switches.has("--steerable")))));
  }

  private void newSession(Object id) {
    misbehave("session");
    if (switches.has("--login")) {
      error(id, NO_LOGIN, "Authentication required");
    } else {
      voice.message("id", id, "result", Json.map("sessionId", SESSION));
    }
  }

  private void prompt(Object id, String text) {
    misbehave("prompt");
    int number = turns++;
    turn = new Background("test").start("turn", () -> work(id, text, number));
  }

  private void work(Object id, String text, int number) {
    var run = new TestAgentRun(voice, text, steers);
    try {
      run.all(switches.script().turn(number));
      if (run.exits()) {
        exit(run.exitCode());
      } else if (run.error().isEmpty()) {
        stopped(id, run.stopReason());
      } else {
        error(id, run.exitCode(), run.error());
      }
    } catch (InterruptedException e) {
      stopped(id, "cancelled");
    } catch (IOException | RuntimeException e) {
      error(id, INTERNAL, e.toString());
    }
  }

  private void cancel() {
    if (turn != null && !switches.has("--ignore-cancel")) {
      turn.interrupt();
    }
  }

  private void steer(Object id, String text) {
    boolean taken = steers.offer(text);
    voice.message("id", id, "result", Json.map("outcome", taken ? "injected" : "failed"));
  }

  private void refuse(@Nullable Object id) {
    if (id != null) {
      error(id, UNKNOWN_METHOD, "Method not found");
    }
  }

  private void stopped(Object id, String reason) {
    voice.message("id", id, "result", Json.map("stopReason", reason));
  }

  private void error(Object id, int code, String message) {
    Map<String, Object> error = Json.map("code", code, "message", message);
    voice.message("id", id, "error", error);
  }

  private void misbehave(String phase) {
    if (switches.value("--crash").equals(phase)) {
      TestAgentRun.warn("fatal: crashed in the phase " + phase);
      exit(TestAgent.CRASH_CODE);
    }
    if (switches.value("--hang").equals(phase)) {
      TestAgent.hang();
    }
  }

  private void exit(int code) {
    voice.output().flush();
    Runtime.getRuntime().halt(code);
  }

  private static String promptText(Object message) {
    return String.valueOf(Json.at(message, "params", "prompt", 0, "text"));
  }
}
