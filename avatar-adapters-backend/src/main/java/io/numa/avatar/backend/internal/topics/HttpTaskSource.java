package io.numa.avatar.backend.internal.topics;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.CallKind;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.call.Read;
import io.numa.avatar.backend.internal.call.Shapes;
import io.numa.avatar.backend.internal.read.ApplicationReader;
import io.numa.avatar.backend.internal.read.BranchRule;
import io.numa.avatar.backend.internal.read.EmbeddedApplications;
import io.numa.avatar.backend.internal.read.Questions;
import io.numa.avatar.backend.internal.read.TaskReader;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import java.util.Optional;

/** Reads tasks and applications from a Numa backend. Comes from {@link HttpBackend}. */
public final class HttpTaskSource implements TaskSource {
  private final BackendClient client;
  private final Endpoints endpoints;
  private final TaskReader taskReader;
  private final EmbeddedApplications embedded = new EmbeddedApplications();

  public HttpTaskSource(BackendClient client, Endpoints endpoints, BackendSettings settings) {
    this.client = client;
    this.endpoints = endpoints;
    this.taskReader = new TaskReader(settings.words(), BranchRule.REFUSE, Questions.NONE);
  }

  @Override
  public Task task(TaskId id) throws InterruptedException {
    JsonNode answer =
        client.read(
            new Read(
                CallKind.LOOK_UP, "read task " + id, endpoints.task(id.value()), Shapes::task));
    Task task = taskReader.read(id, answer);
    embedded.heed(task.application(), answer);
    return task;
  }

  @Override
  public Application application(ApplicationId id) throws InterruptedException {
    Optional<JsonNode> known = embedded.find(id);
    return ApplicationReader.read(id, known.isPresent() ? known.get() : asked(id));
  }

  private JsonNode asked(ApplicationId id) throws InterruptedException {
    return client.read(
        new Read(
            CallKind.APPLICATION,
            "read application " + id,
            endpoints.application(id.value()),
            Shapes::application));
  }
}
