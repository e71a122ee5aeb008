package io.numa.avatar.nats.internal.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Message;
import io.numa.avatar.nats.internal.claim.Place;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.QueuedMessage;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes deliveries of messages; moves those that lead to no task to the dead letters. */
final class Messages {
  private static final Logger log = LoggerFactory.getLogger(Messages.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long a task of another backend is left to other avatars. */
  private static final Duration TO_OTHERS = Duration.ofSeconds(60);

  private final Workshop tools;

  Messages(Workshop tools) {
    this.tools = tools;
  }

  /** Empty if the message leads to no task of this avatar; then something else became of it. */
  Optional<Delivery> read(Message message) throws InterruptedException {
    Optional<Place> place = Place.of(String.valueOf(message.getReplyTo()));
    if (place.isEmpty()) {
      log.warn("A message without a place for its acknowledgement is ignored");
      return Optional.empty();
    }
    var key = new TaskKey(lastToken(message.getSubject()));
    Optional<String> name = key.name();
    String fault = name.isEmpty() ? "its key is not the base64url of UTF-8" : fault(message);
    if (!fault.isEmpty()) {
      bury(key, place.get(), fault, message.getData());
      return Optional.empty();
    }
    String ours = tools.settings().backend() + ":";
    if (!name.orElseThrow().startsWith(ours)) {
      leave(name.orElseThrow(), place.get());
      return Optional.empty();
    }
    return delivery(key, name.orElseThrow().substring(ours.length()), place.get(), message);
  }

  private Optional<Delivery> delivery(TaskKey key, String id, Place place, Message message)
      throws InterruptedException {
    TaskId task;
    try {
      task = new TaskId(id);
    } catch (IllegalArgumentException e) {
      bury(key, place, String.valueOf(e.getMessage()), message.getData());
      return Optional.empty();
    }
    var queued = new QueuedMessage(task, Optional.of(published(place)), place.delivery());
    return Optional.of(new TaskDelivery(tools, key, queued, Optional.of(place), message.getData()));
  }

  private static Instant published(Place place) {
    return Instant.ofEpochSecond(0, place.published());
  }

  private static String lastToken(String subject) {
    return subject.substring(subject.lastIndexOf('.') + 1);
  }

  /** What is wrong with the content; empty if it names a task. */
  private static String fault(Message message) {
    try {
      JsonNode content = JSON.readTree(message.getData());
      boolean names = content != null && (content.has("task_id") || content.has("task"));
      return names ? "" : "it has neither task_id nor task";
    } catch (JsonProcessingException e) {
      return "it is no JSON";
    } catch (IOException e) {
      throw new IllegalStateException("bytes are always read", e);
    }
  }

  private void bury(TaskKey key, Place place, String fault, byte[] body)
      throws InterruptedException {
    String reason = "the message leads to no task: " + fault;
    log.warn("A message of the queue goes to the dead letters: {}", reason);
    tools.deadLetters().publish(key, Optional.of(place), reason, body);
    tools.acknowledgements().terminate(place);
  }

  /** The settings of this avatar or of the publisher are wrong, not the task. */
  private void leave(String name, Place place) throws InterruptedException {
    log.error(
        "Task {} of the queue is not one of the backend '{}' (queue.backend); it is left to others",
        name,
        tools.settings().backend());
    tools.acknowledgements().giveBack(place, TO_OTHERS);
  }
}
