package io.numa.avatar.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;

/** Reads tasks and applications from a Numa backend. Comes from {@link HttpBackend}. */
public final class HttpTaskSource implements TaskSource {
  private final BackendClient client;
  private final Endpoints endpoints;
  private final TaskReader taskReader;

  HttpTaskSource(BackendClient client, Endpoints endpoints, BackendSettings settings) {
    this.client = client;
    this.endpoints = endpoints;
    this.taskReader = new TaskReader(settings.words());
  }

  @Override
  public Task task(TaskId id) throws InterruptedException {
    String action = "read task " + id;
    return taskReader.read(
        id, object(client.read(EndpointGroup.TASKS, action, endpoints.task(id.value())), action));
  }

  @Override
  public Application application(ApplicationId id) throws InterruptedException {
    String action = "read application " + id;
    JsonNode answer = client.read(EndpointGroup.TASKS, action, endpoints.application(id.value()));
    return ApplicationReader.read(id, object(answer, action));
  }

  private static JsonNode object(JsonNode answer, String action) {
    if (!answer.isObject()) {
      throw invalid(action, "it must be an object, not " + Json.kind(answer));
    }
    return answer;
  }

  static PortException invalid(String action, String reason) {
    return new PortException(
        FailureKind.INVALID_ANSWER,
        "could not " + action + ": the answer makes no sense: " + reason);
  }
}
