package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A Numa backend on loopback, over real HTTP, for tests and demonstrations. It has a topic called
 * "tasks" from the start. Safe for use by several threads.
 *
 * <p>It waits with the answer of a poll until a new message arrives, gives a task to one avatar
 * only, and drops repeated reports; {@link #plain()} turns all this off. Ids may be numbers or
 * texts, and keep their type.
 */
public final class NumaBackend implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Clock CLOCK = TimeSource.SYSTEM.clock();

  private final BackendLedger ledger = new BackendLedger();
  private final BackendApi api = new BackendApi(ledger);
  private final Faults faults = new Faults();
  private final LoopbackServer server;

  private NumaBackend() throws IOException {
    server = LoopbackServer.start(api, faults);
    addTopic("tasks");
  }

  /** Starts a backend on a free port. */
  public static NumaBackend start() throws IOException {
    return new NumaBackend();
  }

  /** Its address: scheme, host and port, without a path. */
  public URI url() {
    return server.url();
  }

  /** Reduces it to the bare endpoints: it shows all messages, and accepts every report. */
  public NumaBackend plain() {
    api.behave(api.manners().plain());
    return this;
  }

  /** Makes it refuse all calls without this token. */
  public NumaBackend withToken(String token) {
    api.behave(api.manners().withToken(token));
    return this;
  }

  /**
   * Makes it grant leases, exact to the millisecond. A lease ends unless the attempt reports again
   * in time that it is in progress.
   */
  public NumaBackend withLease(Duration lease) {
    api.behave(api.manners().withLease(lease));
    return this;
  }

  /** Moves the time of the granted leases ahead by {@code duration}. */
  public NumaBackend pass(Duration duration) {
    return change(() -> ledger.time.pass(duration));
  }

  /** Makes it accept compressed requests and announce this, or else answer 415 to them. */
  public NumaBackend takingGzip(boolean taken) {
    api.behave(api.manners().withGzip(taken));
    return this;
  }

  /**
   * Makes it keep only lengths and digests of the logs of tasks added from now on, and no bodies of
   * requests. This allows logs that are larger than the memory.
   */
  public NumaBackend keepingDigests() {
    return change(() -> ledger.keepsText = false);
  }

  public NumaBackend addTopic(String name) {
    return change(() -> ledger.addTopic(JSON.createObjectNode(), name));
  }

  /** Adds or replaces an application. */
  public NumaBackend addApplication(Object id, Map<String, ?> fields) {
    return change(() -> ledger.applications.put(id.toString(), node(id, fields)));
  }

  /** Adds or replaces a task; its status is {@code todo} unless {@code fields} say otherwise. */
  public NumaBackend addTask(Object id, Map<String, ?> fields) {
    ObjectNode task = JSON.createObjectNode().put("status", "todo");
    task.setAll(node(id, fields));
    return change(() -> ledger.tasks.put(id.toString(), new TaskRecord(task, ledger)));
  }

  /** Forgets all tasks and messages, as if set up anew: the next message has the id 1. */
  public NumaBackend setUpAnew() {
    return change(ledger::setUpAnew);
  }

  /** Puts a message about the task into the topic named "tasks", and returns the message's id. */
  public long announce(Object task) {
    return ledger.change(
        () -> {
          List<JsonNode> messages = ledger.messages("tasks");
          ObjectNode message = JSON.createObjectNode().put("id", messages.size() + 1L);
          message.put("topic_id", 1);
          message.putObject("data").set("task_id", JSON.valueToTree(task));
          message.put("created_at", CLOCK.instant().toString());
          messages.add(message);
          return messages.size() + 0L;
        });
  }

  /** Puts any JSON as a message into the topic named "tasks". */
  public NumaBackend putRawMessage(String json) {
    return change(() -> ledger.messages("tasks").add(BackendLedger.parse(json)));
  }

  /** Lets another avatar take the task from its holder. */
  public NumaBackend giveTo(String avatar, Object task) {
    return change(() -> ledger.task(task).hold.claim(avatar, "given away", Optional.empty()));
  }

  /** Makes the task ready for any avatar, as if its lease had ended, and announces it again. */
  public long offerAgain(Object task) {
    change(() -> ledger.task(task).fields.put("status", "todo"));
    return announce(task);
  }

  /** Cancels the task as a person would. */
  public NumaBackend cancel(Object task) {
    return change(
        () -> ledger.task(task).fields.put("status", "cancelled").put("cancel_requested", true));
  }

  /** Misbehaves at the next {@code times} requests whose path contains {@code part}. */
  public NumaBackend misbehave(int times, String part, Fault fault) {
    return misbehave(times, request -> request.path().contains(part), fault);
  }

  /** Misbehaves at the next {@code times} of these requests. */
  public NumaBackend misbehave(int times, Predicate<BackendRequest> requests, Fault fault) {
    faults.plan(times, requests, fault);
    return this;
  }

  /**
   * Adds random faults to the planned ones, until {@link #behave}.
   *
   * @param odds how likely each fault is, from 0 to 1; their sum is at most 1
   */
  public NumaBackend misbehaveAtRandom(long seed, Map<Fault, Double> odds) {
    return misbehaveAtRandom(seed, "", odds);
  }

  /** Adds random faults at requests whose path contains {@code part}, until {@link #behave}. */
  public NumaBackend misbehaveAtRandom(long seed, String part, Map<Fault, Double> odds) {
    faults.addRandom(new RandomFaults(seed, request -> request.path().contains(part), odds));
    return this;
  }

  /** Ends all misbehaviour, planned and random. */
  public NumaBackend behave() {
    faults.clear();
    return this;
  }

  /** Closes all connections and refuses new ones, until {@link #recover}. */
  public NumaBackend outage() throws IOException {
    server.leave();
    return this;
  }

  /** Ends an outage, on the same port. */
  public NumaBackend recover() throws IOException {
    server.comeBack();
    return this;
  }

  /** The reports about the task, in order. */
  public List<BackendEvent> events(Object task) {
    return ledger.read(all -> List.copyOf(ledger.task(task).events));
  }

  /** The statuses among {@link #events}. */
  public List<StatusWritten> statusesWritten(Object task) {
    return events(task).stream()
        .filter(StatusWritten.class::isInstance)
        .map(StatusWritten.class::cast)
        .toList();
  }

  /** The words of the reported statuses, in order. */
  public List<String> statuses(Object task) {
    return statusesWritten(task).stream().map(StatusWritten::word).toList();
  }

  /** The task's log, of all attempts. */
  public String log(Object task) {
    return ledger.read(all -> all.task(task).log.toString());
  }

  /** The task's logs, one for each attempt that has written one, in the order of the attempts. */
  public List<AttemptLog> logs(Object task) {
    return ledger.read(all -> all.task(task).logs());
  }

  /** The log of one attempt, each byte once; empty if there is none. */
  public String log(Object task, String attempt) {
    return ledger.read(all -> all.task(task).log(attempt));
  }

  /** How many renewals of the lease it received; a renewal is not an event. */
  public int renewals(Object task) {
    return ledger.read(all -> all.task(task).renewals);
  }

  /**
   * All violations of the order of delivery so far, one line each: a gap in a log, or different
   * text at the same offset; text before the first status or after the last one; a status after the
   * last one, or out of order; a write without the lease of its attempt. Repeats are not
   * violations. Plain backends record violations, too.
   */
  public List<String> violations() {
    return ledger.read(all -> List.copyOf(all.violations));
  }

  /** All requests so far, including failed ones. */
  public List<BackendRequest> requests() {
    return ledger.read(all -> List.copyOf(all.requests));
  }

  /** The requests whose path ends with {@code end}. */
  public List<BackendRequest> requests(String end) {
    return requests().stream().filter(request -> request.path().endsWith(end)).toList();
  }

  /** Waits until an avatar has reported this status of the task. */
  public void awaitStatus(Object task, String word, Duration limit)
      throws InterruptedException, TimeoutException {
    awaitEvent(
        task,
        "to be " + word,
        event -> event instanceof StatusWritten status && status.word().equals(word),
        limit);
  }

  /** Waits until an avatar has sent a report about the task that matches {@code wanted}. */
  public void awaitEvent(
      Object task, String description, Predicate<BackendEvent> wanted, Duration limit)
      throws InterruptedException, TimeoutException {
    ledger.require(
        "task " + task + " " + description,
        all -> ledger.task(task).events.stream().anyMatch(wanted),
        limit);
  }

  /** Waits until it has received {@code count} requests whose path ends with {@code end}. */
  public void awaitRequests(int count, String end, Duration limit)
      throws InterruptedException, TimeoutException {
    ledger.require(
        count + " requests of " + end,
        all -> all.requests.stream().filter(r -> r.path().endsWith(end)).count() >= count,
        limit);
  }

  /** Stops it, and aborts its running requests. */
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

  private static ObjectNode node(Object id, Map<String, ?> fields) {
    ObjectNode node = JSON.createObjectNode().set("id", JSON.valueToTree(id));
    return node.setAll((ObjectNode) JSON.valueToTree(fields));
  }
}
