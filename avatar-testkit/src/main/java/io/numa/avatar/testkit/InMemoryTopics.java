package io.numa.avatar.testkit;

import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The topics of a backend; one is called {@code tasks}. Not thread-safe. */
final class InMemoryTopics {
  private static final String TASKS = "tasks";

  private final Map<String, List<TaskMessage>> messages = new HashMap<>();
  private int lastMessage;

  InMemoryTopics() {
    add(TASKS);
  }

  void add(String name) {
    messages.put(name, new ArrayList<>());
  }

  TopicId find(String name) {
    if (!messages.containsKey(name)) {
      throw new NotFoundException("could not find the topic '" + name + "'");
    }
    return new TopicId(name);
  }

  /** Puts a message into the topic {@code tasks}. */
  MessageId put(Function<MessageId, TaskMessage> message) {
    var id = new MessageId(String.valueOf(++lastMessage));
    messages.computeIfAbsent(TASKS, name -> new ArrayList<>()).add(message.apply(id));
    return id;
  }

  /** The messages after the given one, or else all. */
  List<TaskMessage> after(TopicId topic, Optional<MessageId> after) {
    List<TaskMessage> all = messages.getOrDefault(topic.value(), List.of());
    int start = 0;
    for (int i = 0; i < all.size(); i++) {
      if (Optional.of(all.get(i).id()).equals(after)) {
        start = i + 1;
      }
    }
    return List.copyOf(all.subList(start, all.size()));
  }
}
