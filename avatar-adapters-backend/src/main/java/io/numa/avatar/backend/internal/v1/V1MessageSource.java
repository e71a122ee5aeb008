package io.numa.avatar.backend.internal.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.read.TaskReader;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TopicId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Announces the tasks that the backend lists as ready. The backend has no messages; {@link Rounds}
 * makes one for each round of a task. The worker polls on one thread.
 */
final class V1MessageSource implements MessageSource {
  private static final TopicId ALL_TASKS = new TopicId("development");

  /** By number, so that the older tasks come first. */
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder());

  private final BackendClient client;
  private final V1Calls calls;
  private final TaskReader reader;
  private final Ownership ours;
  private final Rounds rounds;

  V1MessageSource(
      BackendClient client, V1Calls calls, TaskReader reader, Ownership ours, Rounds rounds) {
    this.client = client;
    this.calls = calls;
    this.reader = reader;
    this.ours = ours;
    this.rounds = rounds;
  }

  /** Checks that the backend lists its tasks. It has one topic, which answers to any name. */
  @Override
  public TopicId topic(String name) throws InterruptedException {
    client.read(calls.page(0, 1));
    return ALL_TASKS;
  }

  @Override
  public boolean ordersMessages() {
    return false;
  }

  @Override
  public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait)
      throws InterruptedException {
    Rounds.Poll poll = rounds.begin();
    Map<String, Boolean> tasks = new TreeMap<>(BY_NUMBER);
    new TaskList(client, calls)
        .read(task -> id(task).ifPresent(id -> tasks.put(id, isReady(task))));
    return tasks.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(task -> poll.ready(new TaskId(task.getKey())))
        .flatMap(Optional::stream)
        .<TaskMessage>map(message -> message)
        .toList();
  }

  /** The id of a task; empty for anything else, which no other call could name. */
  private static Optional<String> id(JsonNode task) {
    return Optional.of(task.path("id").asText("")).filter(V1Calls::isId);
  }

  private boolean isReady(JsonNode task) {
    return reader.state(task) == TaskState.TODO && ours.covers(task);
  }
}
