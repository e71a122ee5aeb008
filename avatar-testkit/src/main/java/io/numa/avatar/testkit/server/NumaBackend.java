package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A Numa backend on loopback, over real HTTP, for tests and demonstrations. It has a topic called
 * {@code tasks} from the start. Safe for use by several threads.
 *
 * <p>It holds polls until something new comes, keeps two avatars from one task, and drops repeats;
 * {@link #plain()} makes it forget all that. Ids may be numbers or texts, and are given back as
 * what they are.
 */
public final class NumaBackend implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Clock CLOCK = Clock.systemUTC();

  private final BackendLedger ledger = new BackendLedger();
  private final BackendApi api = new BackendApi(ledger);
  private final Faults faults = new Faults();
  private final LoopbackServer server;

  private NumaBackend() throws IOException {
    server = LoopbackServer.start(api, faults);
    addTopic("tasks");
  }

  /** Starts a backend at a port of its own. */
  public static NumaBackend start() throws IOException {
    return new NumaBackend();
  }

  /** Where it is: scheme, host and port, without a path. */
  public URI url() {
    return server.url();
  }

  /** Makes it know no more than the bare endpoints: it shows all messages, and accepts anything. */
  public NumaBackend plain() {
    api.behave(api.manners().plain());
    return this;
  }

  /** Makes it refuse every call without this token. */
  public NumaBackend withToken(String token) {
    api.behave(api.manners().withToken(token));
    return this;
  }

  /** Makes it grant leases, in whole seconds. */
  public NumaBackend withLease(Duration lease) {
    api.behave(api.manners().withLease(lease));
    return this;
  }

  public NumaBackend addTopic(String name) {
    return change(
        () -> {
          int id = ledger.messages.size() + 1;
          ObjectNode topic = JSON.createObjectNode().put("id", id).put("name", name);
          ledger.topics.put(name, topic);
          ledger.messages.put(String.valueOf(id), new ArrayList<>());
        });
  }

  /** Adds or replaces an application. */
  public NumaBackend addApplication(Object id, Map<String, ?> fields) {
    return change(() -> ledger.applications.put(id.toString(), node(id, fields)));
  }

  /** Adds or replaces a task; its status is {@code todo} unless {@code fields} say otherwise. */
  public NumaBackend addTask(Object id, Map<String, ?> fields) {
    ObjectNode task = JSON.createObjectNode().put("status", "todo");
    task.setAll(node(id, fields));
    return change(() -> ledger.tasks.put(id.toString(), new TaskRecord(task)));
  }

  /** Puts a message about the task into the topic of tasks, and gives the message's id. */
  public long announce(Object task) {
    return ledger.change(
        () -> {
          List<JsonNode> messages = messages("tasks");
          ObjectNode message = JSON.createObjectNode().put("id", messages.size() + 1L);
          message.put("topic_id", 1);
          message.putObject("data").set("task_id", JSON.valueToTree(task));
          message.put("created_at", CLOCK.instant().toString());
          messages.add(message);
          return messages.size() + 0L;
        });
  }

  /** Puts any JSON as a message into the topic {@code tasks}. */
  public NumaBackend putRawMessage(String json) {
    return change(() -> messages("tasks").add(parse(json)));
  }

  /** Lets another avatar take the task, from whoever has it. */
  public NumaBackend giveTo(String avatar, Object task) {
    return change(() -> record(task).hold(avatar, "given away"));
  }

  /** Cancels the task as a person would. */
  public NumaBackend cancel(Object task) {
    return change(
        () -> record(task).fields.put("status", "cancelled").put("cancel_requested", true));
  }

  /** Misbehaves at the next {@code times} requests whose path holds {@code part}. */
  public NumaBackend misbehave(int times, String part, Fault fault) {
    faults.plan(times, request -> request.path().contains(part), fault);
    return this;
  }

  /** What it was told about the task, in the order it was told. */
  public List<BackendEvent> events(Object task) {
    return ledger.read(all -> List.copyOf(record(task).events));
  }

  /** The statuses among {@link #events}. */
  public List<StatusWritten> statusesWritten(Object task) {
    return events(task).stream()
        .filter(StatusWritten.class::isInstance)
        .map(StatusWritten.class::cast)
        .toList();
  }

  /** The words of the statuses it was told, in order. */
  public List<String> statuses(Object task) {
    return statusesWritten(task).stream().map(StatusWritten::word).toList();
  }

  /** The task's log, of all attempts. */
  public String log(Object task) {
    return ledger.read(all -> record(task).log.toString());
  }

  /** All requests so far, those it misbehaved at too. */
  public List<BackendRequest> requests() {
    return ledger.read(all -> List.copyOf(all.requests));
  }

  /** The requests whose path ends with {@code end}. */
  public List<BackendRequest> requests(String end) {
    return requests().stream().filter(request -> request.path().endsWith(end)).toList();
  }

  /** Waits until it has been told this status of the task. */
  public void awaitStatus(Object task, String word, Duration limit)
      throws InterruptedException, TimeoutException {
    awaitEvent(
        task,
        "to be " + word,
        event -> event instanceof StatusWritten status && status.word().equals(word),
        limit);
  }

  /** Waits until it has been told something about the task that {@code wanted} is true of. */
  public void awaitEvent(
      Object task, String description, Predicate<BackendEvent> wanted, Duration limit)
      throws InterruptedException, TimeoutException {
    ledger.require(
        "task " + task + " " + description,
        all -> record(task).events.stream().anyMatch(wanted),
        limit);
  }

  /** Waits until so many requests came whose path ends with {@code end}. */
  public void awaitRequests(int count, String end, Duration limit)
      throws InterruptedException, TimeoutException {
    ledger.require(
        count + " requests of " + end,
        all -> all.requests.stream().filter(r -> r.path().endsWith(end)).count() >= count,
        limit);
  }

  /** Stops it, and breaks off what it is doing. */
  @Override
  public void close() {
    api.close();
    server.close();
  }

  private NumaBackend change(Runnable change) {
    ledger.change(
        () -> {
          change.run();
          return true;
        });
    return this;
  }

  private List<JsonNode> messages(String topic) {
    ObjectNode known = ledger.topics.get(topic);
    if (known == null) {
      throw new IllegalArgumentException("no topic '" + topic + "'");
    }
    return ledger.messages.computeIfAbsent(known.path("id").asText(), id -> new ArrayList<>());
  }

  private TaskRecord record(Object task) {
    TaskRecord known = ledger.tasks.get(task.toString());
    if (known == null) {
      throw new IllegalArgumentException("no task " + task);
    }
    return known;
  }

  private static ObjectNode node(Object id, Map<String, ?> fields) {
    ObjectNode node = JSON.createObjectNode();
    node.set("id", JSON.valueToTree(id));
    node.setAll((ObjectNode) JSON.valueToTree(fields));
    return node;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + json, e);
    }
  }
}
