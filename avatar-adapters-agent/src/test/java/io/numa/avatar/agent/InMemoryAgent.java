package io.numa.avatar.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.testkit.Monitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An agent that a test answers for, instead of a program. Without more it gives a session, and
 * answers nothing.
 */
final class InMemoryAgent implements Processes {
  static final String SESSION = "0123456789abcdefghij";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Monitor monitor = new Monitor();
  private final Map<String, Consumer<JsonNode>> handlers = new HashMap<>();
  private final List<JsonNode> received = new ArrayList<>();
  private final List<ProcessRequest> started = new ArrayList<>();
  private boolean hides;
  private boolean ended;
  private boolean suspended;
  private int exitCode;
  private Duration computing = Duration.ZERO;
  private Duration processorTime = Duration.ZERO;
  private OutputSink output;
  private OutputSink errors;

  InMemoryAgent() {
    on("initialize", message -> answer(message, "{'protocolVersion':1}"));
    on("session/new", message -> answer(message, "{'sessionId':'" + SESSION + "'}"));
  }

  /** Reacts to messages of a method. */
  InMemoryAgent on(String method, Consumer<JsonNode> handler) {
    handlers.put(method, handler);
    return this;
  }

  /** Reacts to a prompt: sends these updates, and ends the turn. */
  InMemoryAgent onPrompt(String... updates) {
    return on(
        "session/prompt",
        message -> {
          for (String update : updates) {
            update(update);
          }
          answer(message, "{'stopReason':'end_turn'}");
        });
  }

  InMemoryAgent hiding() {
    hides = true;
    return this;
  }

  void answer(JsonNode message, String result) {
    send("{'jsonrpc':'2.0','id':" + message.path("id") + ",'result':" + result + "}");
  }

  void fail(JsonNode message, int code, String text) {
    send(
        "{'jsonrpc':'2.0','id':%s,'error':{'code':%d,'message':'%s'}}"
            .formatted(message.path("id"), code, text));
  }

  void update(String update) {
    send("{'method':'session/update','params':{'sessionId':'x','update':" + update + "}}");
  }

  /** Sends a line; single quotes stand for double ones. */
  void send(String line) {
    bytes((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] bytes) {
    synchronized (this) {
      output.write(bytes, 0, bytes.length);
    }
  }

  void warn(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    errors.write(bytes, 0, bytes.length);
  }

  void exit(int code) {
    monitor.change(
        () -> {
          exitCode = code;
          ended = true;
          return null;
        });
  }

  /** Its processes use up processor time from here on. */
  void computing() {
    monitor.change(() -> computing = Duration.ofMillis(100));
  }

  /** Waits for a message. */
  JsonNode await(Predicate<JsonNode> which) {
    try {
      monitor.require("a message", () -> received.stream().anyMatch(which), PATIENCE);
      return monitor.read(() -> received.stream().filter(which).findFirst().orElseThrow());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode await(String method) {
    return await(message -> message.path("method").asText().equals(method));
  }

  boolean ended() {
    return monitor.read(() -> ended);
  }

  boolean suspended() {
    return monitor.read(() -> suspended);
  }

  ProcessRequest request() {
    return monitor.read(() -> started.get(0));
  }

  int starts() {
    return monitor.read(started::size);
  }

  @Override
  public RunningProcess start(ProcessRequest request, OutputSink newOutput, OutputSink newErrors) {
    return monitor.change(
        () -> {
          started.add(request);
          output = newOutput;
          errors = newErrors;
          ended = false;
          return new Running();
        });
  }

  @Override
  public boolean canHide() {
    return hides;
  }

  private void received(byte[] line) {
    try {
      JsonNode message = JSON.readTree(line);
      monitor.change(() -> received.add(message));
      handlers.getOrDefault(message.path("method").asText(), ignored -> {}).accept(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Running implements RunningProcess {
    private final OutputStream input =
        new OutputStream() {
          private final ByteArrayOutputStream line = new ByteArrayOutputStream();

          @Override
          public void write(int next) {
            if (next == '\n') {
              byte[] whole = line.toByteArray();
              line.reset();
              received(whole);
            } else {
              line.write(next);
            }
          }
        };

    @Override
    public OutputStream input() {
      return input;
    }

    @Override
    public boolean awaitExit(Duration limit) throws InterruptedException {
      return monitor.readAfter(() -> ended, limit, () -> ended);
    }

    @Override
    public int exitCode() {
      return monitor.read(() -> exitCode);
    }

    @Override
    public Duration processorTime() {
      return monitor.change(() -> processorTime = processorTime.plus(computing));
    }

    @Override
    public Suspension suspend() {
      monitor.change(() -> suspended = true);
      return () -> monitor.change(() -> suspended = false);
    }

    @Override
    public void end(Duration grace) {
      monitor.change(() -> ended = true);
    }
  }
}
