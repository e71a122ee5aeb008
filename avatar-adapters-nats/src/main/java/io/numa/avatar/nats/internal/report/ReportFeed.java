package io.numa.avatar.nats.internal.report;

import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.numa.avatar.nats.internal.connect.LastMessages;
import io.numa.avatar.nats.internal.connect.Session;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one subject in the order of the stream, from an instant on. It goes on after a
 * reconnect behind the last message that was taken. For one thread.
 */
final class ReportFeed {
  private static final Logger log = LoggerFactory.getLogger(ReportFeed.class);

  private final String stream;
  private final String subject;
  private final Instant since;
  private Arrivals<Message> arrived = new Arrivals<>();
  private Optional<Dispatcher> dispatcher = Optional.empty();
  private long last;

  ReportFeed(String stream, String subject, Instant since) {
    this.stream = stream;
    this.subject = subject;
    this.since = since;
  }

  /**
   * Subscribes. A feed that is full holds up its own thread only, so that another one still gets
   * what comes before.
   *
   * @param wake is called after each message that comes
   */
  void open(Session session, Runnable wake) throws IOException, JetStreamApiException {
    var messages = new Arrivals<Message>();
    arrived = messages;
    Dispatcher thread = session.connection().createDispatcher();
    dispatcher = Optional.of(thread);
    JetStreamSubscription subscription =
        session
            .streams()
            .subscribe(
                subject,
                thread,
                message -> {
                  messages.put(message, message.metaData().pendingCount());
                  wake.run();
                },
                false,
                options());
    messages.expect(subscription.getConsumerInfo().getCalculatedPending());
  }

  private PushSubscribeOptions options() {
    var start = ConsumerConfiguration.builder();
    if (last > 0) {
      start.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(last + 1);
    } else {
      start.deliverPolicy(DeliverPolicy.ByStartTime).startTime(since.atZone(ZoneOffset.UTC));
    }
    return PushSubscribeOptions.builder().stream(stream)
        .ordered(true)
        .configuration(start.build())
        .build();
  }

  /** Ends the subscription, and frees its thread. */
  void close(Session session) {
    try {
      dispatcher.ifPresent(session.connection()::closeDispatcher);
    } catch (IllegalStateException e) {
      log.debug("The connection was closed", e);
    }
    dispatcher = Optional.empty();
  }

  /** The first message that was not taken; it stays. */
  Optional<Message> first() {
    Message message = arrived.peek();
    while (message != null && sequence(message) <= last) {
      arrived.remove();
      message = arrived.peek();
    }
    return Optional.ofNullable(message);
  }

  /** Whether all that has come was taken out, and the consumer knows of nothing more. */
  boolean isDrained() {
    return arrived.isDrained();
  }

  /** Whether all that the stream has of the subject was taken out. Asks the servers. */
  boolean isComplete(Session session) throws IOException, JetStreamApiException {
    return isDrained()
        && LastMessages.find(session, stream, subject)
            .filter(message -> message.getSeq() > last)
            .filter(message -> message.getTime().toInstant().isAfter(since))
            .isEmpty();
  }

  Message remove() {
    Message message = arrived.remove();
    last = sequence(message);
    return message;
  }

  static long sequence(Message message) {
    return message.metaData().streamSequence();
  }
}
