package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.time.Durations;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Implements Numa's endpoints on a {@link BackendLedger}. */
final class BackendApi implements LoopbackServer.Handler {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Reply NOT_FOUND = Reply.refusal(404, "Not found");
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final BackendLedger ledger;
  private volatile BackendManners manners = BackendManners.RICH;
  private volatile boolean closed;

  BackendApi(BackendLedger ledger) {
    this.ledger = ledger;
  }

  void behave(BackendManners newManners) {
    manners = newManners;
  }

  BackendManners manners() {
    return manners;
  }

  /** Ends all polls that wait for messages. */
  void close() {
    closed = true;
    ledger.change(() -> true);
  }

  @Override
  public void notice(BackendRequest request) {
    ledger.change(() -> ledger.requests.add(ledger.keepsText ? request : request.withoutBody()));
  }

  @Override
  public Reply handle(BackendRequest request) throws InterruptedException {
    Optional<String> coding = request.header("content-encoding");
    if (coding.isPresent() && !manners.gzip()) {
      return Reply.refusal(415, "Not in " + coding.get());
    }
    Reply reply = answer(request);
    return manners.gzip() ? reply.with("Accept-Encoding", "gzip") : reply;
  }

  private Reply answer(BackendRequest request) throws InterruptedException {
    List<String> path = segments(request.path());
    if (path.equals(List.of("docs"))) {
      return new Reply(200, Map.of("Content-Type", "text/html"), "<html><body>API</body></html>");
    }
    if (!manners.accepts(request.header("authorization"))) {
      return Reply.refusal(401, "Invalid token");
    }
    if (path.size() < 2 || !path.get(0).equals("api")) {
      return NOT_FOUND;
    }
    return switch (request.method() + " " + path.get(1) + " " + path.size()) {
      case "GET topics 2" -> topics();
      case "GET topics 3" -> found(ledger.read(all -> all.topics.get(path.get(2))));
      case "GET topics 4" ->
          path.get(3).equals("messages") ? messages(path.get(2), request.query()) : NOT_FOUND;
      case "GET applications 3" -> found(ledger.read(all -> all.applications.get(path.get(2))));
      case "GET tasks 3" -> found(task(path.get(2)));
      case "PUT tasks 4" -> write(request, path, "status");
      case "POST tasks 4" -> write(request, path, "logs");
      default -> NOT_FOUND;
    };
  }

  private static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    for (String segment : path.substring(1).split("/", -1)) {
      segments.add(URLDecoder.decode(segment.replace("+", "%2B"), UTF_8));
    }
    return segments;
  }

  private static Reply found(@Nullable ObjectNode thing) {
    return thing == null ? NOT_FOUND : Reply.ok(thing);
  }

  private @Nullable ObjectNode task(String id) {
    return ledger.read(
        all -> {
          TaskRecord task = all.tasks.get(id);
          return task == null ? null : task.fields.deepCopy();
        });
  }

  private Reply topics() {
    return ledger.read(all -> data(all.topics.values()));
  }

  private Reply messages(String topic, Map<String, String> query) throws InterruptedException {
    if (ledger.read(all -> all.messages.get(topic)) == null) {
      return NOT_FOUND;
    }
    if (!manners.rich()) {
      return ledger.read(all -> data(all.messages.getOrDefault(topic, List.of())));
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(query.getOrDefault("wait", "0")));
    ledger.await(
        all -> closed || !later(all, topic, query).isEmpty(),
        Durations.shorter(wait, LONGEST_WAIT));
    return ledger.read(all -> data(later(all, topic, query)));
  }

  private static List<JsonNode> later(BackendLedger all, String topic, Map<String, String> query) {
    List<JsonNode> messages = all.messages.getOrDefault(topic, List.of());
    String after = query.getOrDefault("after", "");
    int start = 0;
    for (int i = 0; i < messages.size(); i++) {
      if (!after.isEmpty() && isUpTo(after, messages.get(i).path("id").asText(""))) {
        start = i + 1;
      }
    }
    int limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
    return List.copyOf(
        messages.subList(start, Math.min(messages.size(), start + Math.max(0, limit))));
  }

  /** Whether a message is the one with the id {@code after}, or has a smaller number. */
  private static boolean isUpTo(String after, String id) {
    boolean numbers = after.matches("[0-9]{1,18}") && id.matches("[0-9]{1,18}");
    return id.equals(after) || (numbers && Long.parseLong(id) <= Long.parseLong(after));
  }

  private static Reply data(Iterable<? extends JsonNode> items) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode data = answer.putArray("data");
    items.forEach(data::add);
    return Reply.ok(answer);
  }

  private Reply write(BackendRequest request, List<String> path, String what) {
    if (!path.get(3).equals(what)) {
      return NOT_FOUND;
    }
    JsonNode body = parse(request.body());
    if (!body.isObject()) {
      return Reply.refusal(400, "Not a JSON object");
    }
    var write = new TaskWrite(request.header("idempotency-key"), body);
    return ledger.change(
        () -> {
          TaskRecord task = ledger.tasks.get(path.get(2));
          if (task == null) {
            return NOT_FOUND;
          }
          return what.equals("logs") ? log(task, write) : status(task, write);
        });
  }

  private Reply status(TaskRecord task, TaskWrite write) {
    if (!write.body().path("status").isTextual()) {
      return Reply.refusal(422, "status is missing");
    }
    ObjectNode answer = NODES.objectNode().put("status", "success");
    if (!manners.rich()) {
      task.write(write);
      return Reply.ok(answer);
    }
    if (task.refuses(write)) {
      return Reply.refusal(409, "Held by another avatar");
    }
    if (task.isOver(write)) {
      return last(task, write, answer);
    }
    boolean renews = task.isRenewal(write);
    task.hold(write, manners.lease());
    if (renews) {
      task.renewals++;
    } else if (!task.has(write)) {
      task.write(write);
    }
    if (!write.ends()) {
      manners.lease().ifPresent(lease -> lease(answer, lease, task));
    }
    return Reply.ok(answer);
  }

  /** Answers an attempt that is over: it may repeat reports, but send no new ones. */
  private static Reply last(TaskRecord task, TaskWrite write, ObjectNode answer) {
    if (task.has(write)) {
      return Reply.ok(answer);
    }
    task.noteLate(write);
    return Reply.refusal(409, "The attempt is over");
  }

  private static void lease(ObjectNode answer, Duration lease, TaskRecord task) {
    BigDecimal seconds = BigDecimal.valueOf(lease.toMillis(), 3).stripTrailingZeros();
    answer.put("lease_seconds", seconds.scale() < 0 ? seconds.setScale(0) : seconds);
    answer.put("lease_epoch", Long.parseLong(task.hold.epoch()));
  }

  private Reply log(TaskRecord task, TaskWrite write) {
    if (!write.body().path("logs").isTextual()) {
      return Reply.refusal(422, "logs is missing");
    }
    if (write.offset() < 0) {
      task.append(write.text());
    } else if (manners.rich() && task.refuses(write)) {
      return Reply.refusal(409, "Held by another avatar");
    } else if (manners.rich() && task.has(write)) {
      return Reply.ok(NODES.objectNode().put("success", true));
    } else if (!task.append(write, manners.rich())) {
      return Reply.refusal(400, "There is a gap before offset " + write.offset());
    }
    return Reply.ok(NODES.objectNode().put("success", true));
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
