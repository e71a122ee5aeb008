package io.numa.avatar.backend.internal.topics;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.CallKind;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.call.Read;
import io.numa.avatar.backend.internal.call.Shapes;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Polls the topics of a Numa backend. Comes from {@link HttpBackend}. */
public final class HttpMessageSource implements MessageSource {
  /** The only topic that every backend can find by its name. */
  private static final String TASKS = "tasks";

  private static final int MESSAGES_PER_POLL = 100;

  private final BackendClient client;
  private final Endpoints endpoints;
  private final BackendSettings settings;

  public HttpMessageSource(BackendClient client, Endpoints endpoints, BackendSettings settings) {
    this.client = client;
    this.endpoints = endpoints;
    this.settings = settings;
  }

  @Override
  public TopicId topic(String name) throws InterruptedException {
    String action = "find the topic '" + name + "'";
    JsonNode topic =
        name.equals(TASKS)
            ? client.read(new Read(CallKind.TOPIC, action, endpoints.topic(name), Shapes::topic))
            : among(
                client.read(new Read(CallKind.TOPIC, action, endpoints.topics(), Shapes::list)),
                name,
                action);
    return new TopicId(Json.id(topic.path("id")));
  }

  private static JsonNode among(JsonNode answer, String name, String action) {
    var names = new ArrayList<String>();
    for (JsonNode topic : Shapes.items(answer)) {
      String other = topic.path("name").asText("");
      if (other.equals(name) && Shapes.topic(topic).isEmpty()) {
        return topic;
      }
      names.add(other);
    }
    throw new NotFoundException(
        "could not " + action + ": the backend has " + String.join(", ", names));
  }

  @Override
  public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait)
      throws InterruptedException {
    String action = "read the messages of topic " + topic;
    HttpUrl.Builder url =
        endpoints
            .messages(topic.value())
            .newBuilder()
            .addQueryParameter("limit", String.valueOf(MESSAGES_PER_POLL))
            .addQueryParameter("wait", String.valueOf(wait.toSeconds()))
            .addQueryParameter("avatar_id", settings.avatar().value());
    after.ifPresent(id -> url.addQueryParameter("after", id.value()));
    Duration limit = settings.limits().pollMargin().plus(wait);
    var messages = new ArrayList<TaskMessage>();
    JsonNode answer =
        client.poll(new Read(CallKind.POLL, action, url.build(), Shapes::list), limit);
    // An empty answer, such as 204, says that there are no messages.
    for (JsonNode item : Shapes.items(answer)) {
      messages.add(MessageReader.read(item));
    }
    return messages;
  }
}
