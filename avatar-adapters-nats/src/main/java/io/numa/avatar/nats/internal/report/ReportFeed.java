package io.numa.avatar.nats.internal.report;

import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.numa.avatar.nats.internal.connect.Session;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/**
 * The messages of one subject in the order of the stream, from an instant on. It goes on after a
 * reconnect behind the last message that came.
 */
final class ReportFeed {
  private final String stream;
  private final String subject;
  private final Instant since;
  private final Deque<Message> arrived = new ArrayDeque<>();
  private long last;
  private long pending;

  ReportFeed(String stream, String subject, Instant since) {
    this.stream = stream;
    this.subject = subject;
    this.since = since;
  }

  /** Subscribes; {@code inbox} gets the messages. */
  void open(Session session, Dispatcher dispatcher, BlockingQueue<Message> inbox)
      throws IOException, JetStreamApiException {
    arrived.clear();
    var start = ConsumerConfiguration.builder();
    if (last > 0) {
      start.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(last + 1);
    } else {
      start.deliverPolicy(DeliverPolicy.ByStartTime).startTime(since.atZone(ZoneOffset.UTC));
    }
    var options =
        PushSubscribeOptions.builder().stream(stream)
            .ordered(true)
            .configuration(start.build())
            .build();
    JetStreamSubscription subscription =
        session.streams().subscribe(subject, dispatcher, inbox::add, false, options);
    pending = subscription.getConsumerInfo().getCalculatedPending();
  }

  boolean covers(Message message) {
    return message.getSubject().equals(subject);
  }

  void take(Message message) {
    long sequence = message.metaData().streamSequence();
    if (sequence > last && (arrived.isEmpty() || sequence > sequence(arrived.getLast()))) {
      arrived.add(message);
      pending = message.metaData().pendingCount();
    }
  }

  Optional<Message> first() {
    return Optional.ofNullable(arrived.peek());
  }

  /** Whether all that has come was taken out, and the consumer knows of nothing more. */
  boolean isDrained() {
    return arrived.isEmpty() && pending == 0;
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
