package io.numa.avatar.nats.internal.report;

import io.nats.client.JetStreamApiException;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.queue.TaskDocuments;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the tasks that the queue has, with their applications. Each reading asks the servers: what
 * was read before may be over. Safe for use by several threads.
 */
public final class StreamTasks implements TaskSource {
  /** To bound the memory. An application is asked for soon after its task. */
  private static final int MOST_APPLICATIONS = 300;

  private final Link link;
  private final Site site;
  private final ReportLayout layout;
  private final TaskDocuments documents;

  /** The messages that the applications are in. */
  private final Map<ApplicationId, String> applications = new LinkedHashMap<>();

  public StreamTasks(Link link, Site site, ReportLayout layout, TaskDocuments documents) {
    this.link = link;
    this.site = site;
    this.layout = layout;
    this.documents = documents;
  }

  @Override
  public Task task(TaskId id) throws InterruptedException {
    var key = TaskKey.of(layout.settings().backend(), id);
    StoredTask stored =
        link.call("read task " + id, session -> find(session, key))
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "could not read task " + id + ": the queue does not have it"));
    Task task = documents.task(id, stored.task(), stored.later(documents), stored.orders());
    remember(task.application(), stored.task());
    return task;
  }

  private Optional<StoredTask> find(Session session, TaskKey key)
      throws IOException, JetStreamApiException {
    site.prepare(session);
    return StoredTask.find(session, layout, key);
  }

  private synchronized void remember(ApplicationId id, String message) {
    applications.remove(id);
    applications.put(id, message);
    if (applications.size() > MOST_APPLICATIONS) {
      applications.remove(applications.keySet().iterator().next());
    }
  }

  /** An application is known from the task that was read last with it. */
  @Override
  public Application application(ApplicationId id) {
    return documents.application(
        id,
        find(id)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "could not read application " + id + ": no task had it")));
  }

  private synchronized Optional<String> find(ApplicationId id) {
    return Optional.ofNullable(applications.get(id));
  }
}
