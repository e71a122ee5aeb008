package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.testkit.ElapsedTime;
import io.numa.avatar.testkit.Monitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The state of a backend, guarded by one lock. A change wakes all threads that wait for one. */
final class BackendLedger {
  private static final JsonMapper JSON = new JsonMapper();

  final Map<String, ObjectNode> topics = new HashMap<>();
  final Map<String, ObjectNode> applications = new HashMap<>();
  final Map<String, TaskRecord> tasks = new HashMap<>();
  final Map<String, List<JsonNode>> messages = new HashMap<>();
  final List<BackendRequest> requests = new ArrayList<>();
  final List<String> violations = new ArrayList<>();
  final ElapsedTime time = new ElapsedTime();
  boolean keepsText = true;

  private final Monitor monitor = new Monitor();

  <T> T read(Function<BackendLedger, T> reader) {
    return monitor.read(() -> reader.apply(this));
  }

  <T> T change(Supplier<T> change) {
    return monitor.change(change);
  }

  /** Waits until {@code condition} is true or the time is up, and returns whether it is true. */
  boolean await(Predicate<BackendLedger> condition, Duration limit) throws InterruptedException {
    return monitor.readAfter(() -> condition.test(this), limit, () -> condition.test(this));
  }

  /** As {@link #await}, but throws an exception if the time is up. */
  void require(String what, Predicate<BackendLedger> condition, Duration limit)
      throws InterruptedException, TimeoutException {
    monitor.require(what, () -> condition.test(this), limit);
  }

  /** Adds a topic without messages. */
  void addTopic(ObjectNode topic, String name) {
    int id = messages.size() + 1;
    topics.put(name, topic.put("id", id).put("name", name));
    messages.put(String.valueOf(id), new ArrayList<>());
  }

  /** The messages of a topic; a caller may add to them. */
  List<JsonNode> messages(String topic) {
    ObjectNode known = topics.get(topic);
    if (known == null) {
      throw new IllegalArgumentException("no topic '" + topic + "'");
    }
    return messages.computeIfAbsent(known.path("id").asText(), id -> new ArrayList<>());
  }

  void setUpAnew() {
    tasks.clear();
    messages.values().forEach(List::clear);
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + json, e);
    }
  }

  /** The record of a task that a test names. */
  TaskRecord task(Object id) {
    TaskRecord known = tasks.get(id.toString());
    if (known == null) {
      throw new IllegalArgumentException("no task " + id);
    }
    return known;
  }
}
