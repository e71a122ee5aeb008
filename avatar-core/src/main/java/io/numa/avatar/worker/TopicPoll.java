package io.numa.avatar.worker;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the topic for messages, and waits if there is none. Not thread-safe. */
final class TopicPoll {
  private static final Logger log = LoggerFactory.getLogger(TopicPoll.class);

  private final WorkerSettings settings;
  private final MessageSource source;
  private final Inbox inbox;
  private final Clock clock;
  private Optional<TopicId> topic = Optional.empty();

  TopicPoll(WorkerSettings settings, MessageSource source, Inbox inbox, Clock clock) {
    this.settings = settings;
    this.source = source;
    this.inbox = inbox;
    this.clock = clock;
  }

  /** Accepts the messages of the topic. Pauses for the rest of the interval if none is new. */
  void poll() throws InterruptedException {
    if (topic.isEmpty()) {
      topic = Optional.of(source.topic(settings.topic()));
      log.info("Subscribed to topic '{}'", settings.topic());
    }
    Instant start = clock.instant();
    List<TaskMessage> messages =
        source.poll(topic.get(), inbox.lastMessage(), untilDue(settings.pollWait(), start));
    Instant end = clock.instant();
    if (!inbox.accept(messages, end)) {
      Duration rest = settings.pollInterval().minus(Duration.between(start, end));
      if (rest.compareTo(Duration.ZERO) > 0) {
        inbox.pause(untilDue(rest, end));
      }
    }
  }

  /** Makes the next poll look up the topic again. */
  void forgetTopic() {
    topic = Optional.empty();
  }

  /** The shorter of {@code limit} and the time until a delayed task is due. */
  private Duration untilDue(Duration limit, Instant now) {
    Duration left = inbox.nextDue().map(due -> Duration.between(now, due)).orElse(limit);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(limit) < 0 ? left : limit;
  }
}
