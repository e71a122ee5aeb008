package io.numa.avatar.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.agent.wire.JsonLines;
import io.numa.avatar.agent.wire.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON-RPC with an agent. Requests of the agent that are not known are refused at once; lines that
 * are no messages are skipped. Safe for use by several threads.
 */
final class AcpConnection implements JsonLines.Reader {
  private static final int UNKNOWN_METHOD = -32601;

  private final Outbox outbox;
  private final Peer peer;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, Consumer<Answer>> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable String end;

  AcpConnection(Outbox outbox, Peer peer) {
    this.outbox = outbox;
    this.peer = peer;
  }

  /** Gets what the agent sends. */
  interface Peer {
    /** Answers a request; empty if it is not known. */
    Optional<JsonNode> request(String method, JsonNode params);

    void notification(String method, JsonNode params);
  }

  /**
   * Sends a request.
   *
   * @param then gets the answer, on the thread that reads, or a lost one when the agent ends
   */
  void request(String method, ObjectNode params, Consumer<Answer> then) {
    long id = lastId.incrementAndGet();
    waiting.put(id, then);
    boolean sent = send(message().put("id", id).put("method", method).set("params", params));
    String reason = end;
    if (reason != null || !sent) {
      lose(id, reason == null ? "it reads nothing" : reason);
    }
  }

  /** Sends a request whose answer does not matter, and says whether it will be written. */
  boolean ask(String method, ObjectNode params) {
    return send(
        message().put("id", lastId.incrementAndGet()).put("method", method).set("params", params));
  }

  /** Sends a notification, and says whether it will be written. */
  boolean tell(String method, ObjectNode params) {
    return send(message().put("method", method).set("params", params));
  }

  /** No answers will come any more. */
  void end(String reason) {
    end = reason;
    List.copyOf(waiting.keySet()).forEach(id -> lose(id, reason));
  }

  @Override
  public void message(ObjectNode message) {
    String method = message.path("method").textValue();
    JsonNode id = message.path("id");
    if (method == null) {
      Optional.ofNullable(waiting.remove(id.asLong(-1)))
          .ifPresent(then -> then.accept(Answer.of(message)));
    } else if (id.isMissingNode() || id.isNull()) {
      peer.notification(method, message.path("params"));
    } else {
      boolean ignored = send(answer(id, method, message.path("params")));
    }
  }

  /** A warning of the agent's program, on the wrong stream. */
  @Override
  public void text(String text) {}

  private ObjectNode answer(JsonNode id, String method, JsonNode params) {
    ObjectNode answer = message();
    answer.set("id", id);
    Optional<JsonNode> result = peer.request(method, params);
    if (result.isPresent()) {
      answer.set("result", result.get());
    } else {
      answer.putObject("error").put("code", UNKNOWN_METHOD).put("message", "Method not found");
    }
    return answer;
  }

  private void lose(long id, String reason) {
    Optional.ofNullable(waiting.remove(id)).ifPresent(then -> then.accept(Answer.lost(reason)));
  }

  private boolean send(JsonNode message) {
    return outbox.send((message + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode message() {
    return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
  }
}
