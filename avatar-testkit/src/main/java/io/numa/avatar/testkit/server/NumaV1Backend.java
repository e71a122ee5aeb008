package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A Numa backend of the second dialect ({@code /api/v1}) on loopback, over real HTTP. It has no
 * topics: it lists its tasks in pages and in no fixed order, stores any word as a status, and drops
 * everything else that a write carries. It has no claims and no logs. Safe for use by several
 * threads.
 */
public final class NumaV1Backend implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final V1Api api = new V1Api();
  private final Faults faults = new Faults();
  private final List<Interjection> interjections = new ArrayList<>();
  private final LoopbackServer server;

  /** Something that happens once, right after the answer to a request was made. */
  private record Interjection(Predicate<BackendRequest> requests, Runnable action) {}

  private NumaV1Backend() throws IOException {
    server =
        LoopbackServer.start(
            new LoopbackServer.Handler() {
              @Override
              public void notice(BackendRequest request) {
                api.notice(request);
              }

              @Override
              public Reply handle(BackendRequest request) {
                Reply reply = api.handle(request);
                interject(request);
                return reply;
              }
            },
            faults);
  }

  /** Starts a backend without tasks on a free port. */
  public static NumaV1Backend start() throws IOException {
    return new NumaV1Backend();
  }

  /** Its address: scheme, host and port, without a path. */
  public URI url() {
    return server.url();
  }

  /** Makes it refuse all calls without this token, as a proxy in front of it would. */
  public NumaV1Backend withToken(String token) {
    api.token = Optional.of(token);
    return this;
  }

  /** Adds or replaces an application; tasks with its id carry it. */
  public NumaV1Backend addApplication(long id, Map<String, ?> fields) {
    return change(() -> api.applications.put(String.valueOf(id), node(id, fields)));
  }

  /**
   * Adds or replaces a task. It is {@code todo} and has an empty title and description, unless
   * {@code fields} say otherwise. A requirement and a solution may be given as mappings.
   */
  public NumaV1Backend addTask(long id, Map<String, ?> fields) {
    ObjectNode task =
        JSON.createObjectNode().put("status", "todo").put("title", "").put("description", "");
    task.setAll(node(id, fields));
    return change(() -> api.tasks.put(String.valueOf(id), task));
  }

  public NumaV1Backend removeTask(long id) {
    return change(() -> api.tasks.remove(String.valueOf(id)));
  }

  /**
   * Adds a question.
   *
   * @param about {@code requirement} or {@code solution}
   * @param id the id of that
   */
  public NumaV1Backend addQuestion(
      String about, long id, String content, String answer, boolean clarified) {
    return change(
        () -> {
          ArrayNode list = api.questions.computeIfAbsent(about + id, any -> JSON.createArrayNode());
          ObjectNode question = list.addObject().put("id", list.size());
          question.put("content", content).put("answer", answer).put("clarified", clarified);
        });
  }

  /** Changes a field of a task as a person would; the task keeps its place in the list. */
  public NumaV1Backend edit(long id, String field, Object value) {
    return change(() -> known(id).set(field, JSON.valueToTree(value)));
  }

  /** Does something once, after the answer to the next of these requests was made. */
  public NumaV1Backend after(Predicate<BackendRequest> requests, Runnable action) {
    return change(() -> interjections.add(new Interjection(requests, action)));
  }

  private void interject(BackendRequest request) {
    List<Interjection> due =
        api.monitor.change(
            () -> {
              List<Interjection> next =
                  interjections.stream().filter(it -> it.requests().test(request)).toList();
              interjections.removeAll(next);
              return next;
            });
    due.forEach(it -> it.action().run());
  }

  /** Misbehaves at the next {@code times} requests whose path contains {@code part}. */
  public NumaV1Backend misbehave(int times, String part, Fault fault) {
    return misbehave(times, request -> request.path().contains(part), fault);
  }

  /** Misbehaves at the next {@code times} of these requests. */
  public NumaV1Backend misbehave(int times, Predicate<BackendRequest> requests, Fault fault) {
    faults.plan(times, requests, fault);
    return this;
  }

  /** Ends all misbehaviour. */
  public NumaV1Backend behave() {
    faults.clear();
    return this;
  }

  /** Closes all connections and refuses new ones, until {@link #recover}. */
  public NumaV1Backend outage() throws IOException {
    server.leave();
    return this;
  }

  /** Ends an outage, on the same port. */
  public NumaV1Backend recover() throws IOException {
    server.comeBack();
    return this;
  }

  /** The task as it is now. */
  public JsonNode task(long id) {
    return api.monitor.read(() -> known(id).deepCopy());
  }

  /** The ids of the tasks that have this status. */
  public List<String> tasksIn(String status) {
    return api.monitor.read(
        () ->
            api.tasks.entrySet().stream()
                .filter(task -> task.getValue().path("status").asText().equals(status))
                .map(Map.Entry::getKey)
                .toList());
  }

  /** The bodies of the writes to a task, in order. */
  public List<JsonNode> writes(long id) {
    return api.monitor.read(
        () -> List.copyOf(api.writes.getOrDefault(String.valueOf(id), List.of())));
  }

  /** The words of the written statuses, in order. */
  public List<String> statuses(long id) {
    return writes(id).stream().map(body -> body.path("status").asText()).toList();
  }

  /** All requests so far, including failed ones. */
  public List<BackendRequest> requests() {
    return api.monitor.read(() -> List.copyOf(api.requests));
  }

  /** Waits until the task has this status. */
  public void awaitStatus(long id, String word, Duration limit)
      throws InterruptedException, TimeoutException {
    api.monitor.require(
        "task " + id + " to be " + word,
        () -> known(id).path("status").asText().equals(word),
        limit);
  }

  /** Waits until the requests so far match. */
  public void awaitRequests(String what, Predicate<List<BackendRequest>> requests, Duration limit)
      throws InterruptedException, TimeoutException {
    api.monitor.require(what, () -> requests.test(api.requests), limit);
  }

  /** Stops it, and aborts its running requests. */
  @Override
  public void close() {
    server.close();
  }

  private ObjectNode known(long id) {
    ObjectNode task = api.tasks.get(String.valueOf(id));
    if (task == null) {
      throw new IllegalArgumentException("no task " + id);
    }
    return task;
  }

  private NumaV1Backend change(Runnable change) {
    api.monitor.change(
        () -> {
          change.run();
          return true;
        });
    return this;
  }

  private static ObjectNode node(long id, Map<String, ?> fields) {
    ObjectNode node = JSON.createObjectNode().put("id", id);
    return node.setAll((ObjectNode) JSON.valueToTree(fields));
  }
}
