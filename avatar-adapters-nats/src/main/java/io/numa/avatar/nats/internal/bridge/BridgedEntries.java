package io.numa.avatar.nats.internal.bridge;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.numa.avatar.nats.internal.connect.LastMessages;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.queue.BridgedQueue.Place;
import io.numa.avatar.port.queue.BridgedTask;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The bucket in which bridges remember tasks, and where the tasks are. Safe for several threads.
 */
public final class BridgedEntries {
  private final Link link;
  private final Site site;
  private final ReportLayout layout;

  /**
   * @param site has the bucket
   */
  public BridgedEntries(Link link, Site site, ReportLayout layout) {
    this.link = link;
    this.site = site;
    this.layout = layout;
  }

  /** See {@link io.numa.avatar.port.queue.BridgedQueue#find}. */
  public Optional<BridgedTask> find(TaskId task) throws InterruptedException {
    String subject = layout.bridgedSubject(key(task));
    return link.call(
            "read what bridges remember of task " + task,
            session -> last(session, layout.bridged(), subject))
        .map(BridgedJson::read);
  }

  /** See {@link io.numa.avatar.port.queue.BridgedQueue#write}. */
  public boolean write(TaskId task, BridgedTask now) throws InterruptedException {
    String subject = layout.bridgedSubject(key(task));
    return link.call(
        "write what bridges remember of task " + task, session -> write(session, subject, now));
  }

  private boolean write(Session session, String subject, BridgedTask now)
      throws IOException, JetStreamApiException {
    site.prepare(session);
    return LastMessages.replace(session, subject, BridgedJson.entry(now), now.revision())
        .isPresent();
  }

  /**
   * See {@link io.numa.avatar.port.queue.BridgedQueue#place}.
   *
   * @param dead the subject of the task's dead letters, and their stream
   */
  public Place place(TaskId task, Instant since, Subject dead) throws InterruptedException {
    String subject = layout.anyTaskSubject(key(task));
    return link.call(
        "find task " + task + " in the queue",
        session -> {
          if (last(session, layout.settings().stream(), subject).isPresent()) {
            return Place.QUEUED;
          }
          boolean buried =
              last(session, dead.stream(), dead.name())
                  .filter(letter -> letter.getTime().toInstant().isAfter(since))
                  .isPresent();
          return buried ? Place.BURIED : Place.GONE;
        });
  }

  /** A subject and the stream that it is in. */
  public record Subject(String stream, String name) {}

  private Optional<MessageInfo> last(Session session, String stream, String subject)
      throws IOException, JetStreamApiException {
    site.prepare(session);
    return LastMessages.find(session, stream, subject);
  }

  private TaskKey key(TaskId task) {
    return TaskKey.of(layout.settings().backend(), task);
  }

  /** The message that announces a task. */
  public static byte[] message(TaskId task) {
    return BridgedJson.message(task);
  }
}
