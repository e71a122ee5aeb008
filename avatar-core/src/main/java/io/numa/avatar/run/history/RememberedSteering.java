package io.numa.avatar.run.history;

import io.numa.avatar.port.journal.SteeringRecord;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages for coding agents of which a journal in memory knows. Not thread-safe. */
public final class RememberedSteering {
  /** By task, and by the message's id. */
  private final Map<TaskId, Map<String, SteeringRecord>> messages = new LinkedHashMap<>();

  /** Adds a message; returns whether it is new. */
  public boolean add(TaskId task, SteeringMessage message) {
    var waiting = new SteeringRecord(message, Optional.empty());
    return messages
            .computeIfAbsent(task, id -> new LinkedHashMap<>())
            .putIfAbsent(message.id(), waiting)
        == null;
  }

  /** The agent of an attempt has a message. */
  public void delivered(TaskId task, String message, AttemptId attempt) {
    messages
        .getOrDefault(task, Map.of())
        .computeIfPresent(
            message,
            (id, old) ->
                old.waits() ? new SteeringRecord(old.message(), Optional.of(attempt)) : old);
  }

  /** The messages of a task. */
  public List<SteeringRecord> of(TaskId task) {
    return List.copyOf(messages.getOrDefault(task, Map.of()).values());
  }

  /** Forgets the messages of a task. */
  public void forget(TaskId task) {
    messages.remove(task);
  }
}
