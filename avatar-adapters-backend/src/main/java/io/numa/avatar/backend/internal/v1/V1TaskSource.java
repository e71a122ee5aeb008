package io.numa.avatar.backend.internal.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.read.ApplicationReader;
import io.numa.avatar.backend.internal.read.EmbeddedApplications;
import io.numa.avatar.backend.internal.read.TaskReader;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.util.Optional;

/** Reads tasks, which carry their application, requirement and solution. */
final class V1TaskSource implements TaskSource {
  private final BackendClient client;
  private final V1Calls calls;
  private final TaskReader reader;
  private final Ownership ours;
  private final LastSeen lastSeen;
  private final EmbeddedApplications embedded = new EmbeddedApplications();

  V1TaskSource(
      BackendClient client, V1Calls calls, TaskReader reader, Ownership ours, LastSeen lastSeen) {
    this.client = client;
    this.calls = calls;
    this.reader = reader;
    this.ours = ours;
    this.lastSeen = lastSeen;
  }

  /**
   * Gives a task. One that is ready and not ours counts as missing; one that was begun may be in
   * our journal.
   */
  @Override
  public Task task(TaskId id) throws InterruptedException {
    JsonNode answer = client.read(calls.task(id));
    boolean ready = reader.state(answer) == TaskState.TODO;
    if (ready && !ours.covers(answer)) {
      String user = Ownership.assigned(answer);
      throw new NotFoundException(
          "could not take task "
              + id
              + ": it is assigned to "
              + (user.isEmpty() ? "no user" : "user " + user)
              + " by now");
    }
    lastSeen.saw(id, ready);
    Task task = reader.read(id, answer);
    embedded.heed(task.application(), answer);
    return task;
  }

  @Override
  public Application application(ApplicationId id) throws InterruptedException {
    Optional<JsonNode> known = embedded.find(id);
    return ApplicationReader.read(
        id, known.isPresent() ? known.get() : client.read(calls.application(id)));
  }
}
