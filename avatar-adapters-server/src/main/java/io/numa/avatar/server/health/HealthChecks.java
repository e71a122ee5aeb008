package io.numa.avatar.server.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.Health;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.server.http.Answer;
import io.numa.avatar.server.http.Request;
import java.net.InetAddress;
import java.util.List;

/** Answers whether the avatar lives and is ready: 200, or 503 with the reasons. */
public final class HealthChecks {
  private final Overview overview;

  public HealthChecks(Overview overview) {
    this.overview = overview;
  }

  /** 503 names each thread that should have made progress by now. */
  public Answer livez() {
    List<String> stuck = overview.health().stuck();
    return stuck.isEmpty()
        ? Answer.of(200, Answer.TEXT, "ok\n")
        : Answer.of(503, Answer.TEXT, String.join("\n", stuck) + "\n");
  }

  /** 503 gives each reason, but tells it on this machine only. */
  public Answer readyz(Request request) {
    Health health = overview.health();
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("ready", health.ready());
    if (!health.ready() && isHere(request.origin().client())) {
      ArrayNode reasons = document.putArray("reasons");
      for (Waiting reason : health.unready()) {
        reasons.addObject().put("kind", reason.kind().word()).put("text", reason.text());
      }
    }
    return Answer.of(health.ready() ? 200 : 503, Answer.JSON, document + "\n");
  }

  private static boolean isHere(InetAddress client) {
    return client.isLoopbackAddress();
  }
}
