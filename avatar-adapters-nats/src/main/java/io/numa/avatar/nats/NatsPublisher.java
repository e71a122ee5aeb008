package io.numa.avatar.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes tasks to a queue. It connects when it is first used, and makes the streams that are
 * missing. Safe for use by several threads.
 */
public final class NatsPublisher implements AutoCloseable {
  /** The subject has its one message already: the task waits, or an avatar works on it. */
  private static final int WAITS_ALREADY = 10077;

  private final Link link;
  private final Layout layout;
  private final Site site;

  public NatsPublisher(NatsSettings settings) {
    this(new Link(settings), new Layout(settings));
  }

  NatsPublisher(Link link, Layout layout) {
    this.link = link;
    this.layout = layout;
    this.site = new Site(layout);
  }

  /**
   * Publishes a task, unless it waits or is worked on already.
   *
   * @param body the message: {@code {"task_id":…}}, or task and application
   * @param messageId the server takes one message of an id within two minutes; a task that is
   *     published again needs another
   * @return whether it was added
   */
  public boolean publish(TaskId task, String route, byte[] body, String messageId)
      throws InterruptedException {
    var key = TaskKey.of(layout.settings().backend(), task);
    String subject = layout.taskSubject(route, key);
    var options = PublishOptions.builder().messageId(messageId).build();
    var tries = new AtomicInteger();
    return link.call(
        "publish task " + task,
        session -> {
          site.prepare(session);
          boolean repeated = tries.incrementAndGet() > 1;
          return publish(session, subject, body, options, repeated);
        });
  }

  /**
   * @param repeated whether the same was tried before: that may have added the task, though its
   *     answer was lost
   */
  private static boolean publish(
      Session session, String subject, byte[] body, PublishOptions options, boolean repeated)
      throws IOException, JetStreamApiException {
    try {
      return !session.streams().publish(subject, body, options).isDuplicate() || repeated;
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == WAITS_ALREADY) {
        return false;
      }
      throw e;
    }
  }

  /** Closes the connection. Later calls fail. */
  @Override
  public void close() {
    link.close();
  }
}
