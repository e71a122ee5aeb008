package io.numa.avatar.nats.internal.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.numa.avatar.nats.internal.connect.LastMessages;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.queue.TaskDocuments;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.util.Optional;

/**
 * Publishes reports to their stream, and returns when the servers have them. A report that is
 * published again has the same key in its body, by which readers drop it; the servers drop it
 * already within two minutes. Safe for use by several threads.
 */
public final class StreamReports implements StatusReporter {
  /** For subject and headers, which count for a message's size, too. */
  private static final int ENVELOPE = 1024;

  private final Link link;
  private final Site site;
  private final ReportLayout layout;
  private final TaskDocuments documents;

  public StreamReports(Link link, Site site, ReportLayout layout, TaskDocuments documents) {
    this.link = link;
    this.site = site;
    this.layout = layout;
    this.documents = documents;
  }

  /** Publishes a status; if the servers take none of its size, one without its longest parts. */
  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    String action = "report the status of task " + attempt.task();
    String subject = layout.statusSubject(key(attempt));
    String id = attempt.id() + ":status:" + update.sequence();
    try {
      publish(action, subject, documents.status(attempt, update), id);
    } catch (RequestTooLargeException e) {
      publish(action, subject, documents.brief(attempt, update), id);
    }
    return Optional.empty();
  }

  /**
   * Publishes nothing: the claim, not a report, has the lease. Asks for the last status, so that
   * the caller learns of an outage.
   */
  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    String subject = layout.statusSubject(key(attempt));
    link.once(
        "renew task " + attempt.task(),
        session -> {
          site.prepare(session);
          return LastMessages.find(session, layout.reports(), subject);
        });
    return Optional.empty();
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    publish(
        "send the log of task " + attempt.task(),
        layout.logSubject(key(attempt)),
        documents.log(attempt, chunk),
        attempt.id() + ":log:" + chunk.offset() + "-" + chunk.end());
  }

  private TaskKey key(Attempt attempt) {
    TaskId task = attempt.task();
    return TaskKey.of(layout.settings().backend(), task);
  }

  private void publish(String action, String subject, String body, String id)
      throws InterruptedException {
    byte[] bytes = body.getBytes(UTF_8);
    var options = PublishOptions.builder().messageId(id).build();
    link.call(action, session -> publish(session, action, subject, bytes, options));
  }

  private Long publish(
      Session session, String action, String subject, byte[] body, PublishOptions options)
      throws IOException, JetStreamApiException {
    site.prepare(session);
    long most = session.connection().getMaxPayload();
    if (body.length + ENVELOPE > most) {
      throw new RequestTooLargeException(
          "could not "
              + action
              + ": its "
              + body.length
              + " bytes are more than the queue's servers take (max_payload "
              + most
              + ")");
    }
    return session.streams().publish(subject, body, options).getSeqno();
  }
}
