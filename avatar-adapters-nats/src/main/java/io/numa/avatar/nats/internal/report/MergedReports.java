package io.numa.avatar.nats.internal.report;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The statuses and the log of a task as one sequence, in the order of the stream: two consumers, as
 * one has one subject. A message of one that comes later than one of the other overtakes it at most
 * while both are live. For one thread.
 */
final class MergedReports {
  private final List<ReportFeed> feeds;
  private final Waiter arrival = new Waiter();

  MergedReports(ReportFeed statuses, ReportFeed log) {
    this.feeds = List.of(statuses, log);
  }

  /** Subscribes, or subscribes again after the last message. {@link #close} must follow. */
  void open(Session session) throws IOException, JetStreamApiException {
    for (ReportFeed feed : feeds) {
      feed.open(session, arrival::wake);
    }
  }

  /** Ends the subscriptions, as far as there are any. */
  void close(Session session) {
    feeds.forEach(feed -> feed.close(session));
  }

  /** The next message; empty if there is none in time. */
  Optional<Message> next(Duration limit) throws InterruptedException {
    Optional<ReportFeed> ready = ready();
    while (ready.isEmpty()) {
      if (!arrival.pause(limit)) {
        return Optional.empty();
      }
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
    return true;
  }
}
