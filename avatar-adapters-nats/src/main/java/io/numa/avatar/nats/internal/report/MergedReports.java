package io.numa.avatar.nats.internal.report;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.numa.avatar.nats.internal.connect.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The statuses and the log of a task as one sequence, in the order of the stream: two consumers, as
 * one has one subject. A message of one that comes later than one of the other overtakes it at most
 * while both are live. For one thread.
 */
final class MergedReports {
  private final List<ReportFeed> feeds;
  private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();

  MergedReports(ReportFeed statuses, ReportFeed log) {
    this.feeds = List.of(statuses, log);
  }

  /** Subscribes, or subscribes again after the last message. */
  Dispatcher open(Session session) throws IOException, JetStreamApiException {
    inbox.clear();
    Dispatcher dispatcher = session.connection().createDispatcher();
    for (ReportFeed feed : feeds) {
      feed.open(session, dispatcher, inbox);
    }
    return dispatcher;
  }

  /** The next message; empty if there is none in time. */
  Optional<Message> next(Duration limit) throws InterruptedException {
    Optional<ReportFeed> ready = ready();
    while (ready.isEmpty()) {
      Message message = inbox.poll(limit.toNanos(), NANOSECONDS);
      if (message == null) {
        return Optional.empty();
      }
      feeds.stream().filter(feed -> feed.covers(message)).forEach(feed -> feed.take(message));
      ready = ready();
    }
    return ready.map(ReportFeed::remove);
  }

  /** The feed with the earliest message, if none of the others can have an earlier one. */
  private Optional<ReportFeed> ready() {
    boolean complete =
        feeds.stream().allMatch(feed -> feed.first().isPresent() || feed.isDrained());
    return complete
        ? feeds.stream()
            .filter(feed -> feed.first().isPresent())
            .min(
                (one, other) ->
                    Long.compare(
                        ReportFeed.sequence(one.first().orElseThrow()),
                        ReportFeed.sequence(other.first().orElseThrow())))
        : Optional.empty();
  }

  /** Whether all that the stream has was taken out. Asks the servers. */
  boolean isComplete(Session session) throws IOException, JetStreamApiException {
    for (ReportFeed feed : feeds) {
      if (!feed.isComplete(session)) {
        return false;
      }
    }
    return inbox.isEmpty();
  }
}
