package io.numa.avatar.worker;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the topic for messages, and waits if there is none. Asks for the messages after the last
 * one; from time to time it looks at earlier ones, too, to notice a backend that was set up anew
 * and numbers its messages from the start. Not thread-safe, except {@link #use}.
 */
final class TopicPoll implements Intake {
  private static final Logger log = LoggerFactory.getLogger(TopicPoll.class);

  /** How long no message comes before the earlier ones are looked at. */
  private static final Duration LOOK_BACK_EVERY = Duration.ofMinutes(1);

  private volatile WorkerSettings settings;
  private final MessageSource source;
  private final Inbox inbox;
  private final Clock clock;
  private final Runnable polls;
  private Optional<TopicId> topic = Optional.empty();

  /** The last message that was shown; empty to be shown all of them. */
  private Optional<MessageId> last = Optional.empty();

  private Instant nextLook = Instant.MIN;

  /**
   * @param polls is told before each poll
   */
  TopicPoll(
      WorkerSettings settings, MessageSource source, Inbox inbox, Clock clock, Runnable polls) {
    this.settings = settings;
    this.source = source;
    this.inbox = inbox;
    this.clock = clock;
    this.polls = polls;
  }

  @Override
  public void recover(Instant now) {
    inbox.recover(now);
  }

  /** Polls at the intervals of other settings from the next poll on; the topic stays. */
  @Override
  public void use(WorkerSettings other) {
    settings = other;
  }

  /** Accepts the messages of the topic. Pauses for the rest of the interval if none is new. */
  @Override
  public void poll() throws InterruptedException {
    if (topic.isEmpty()) {
      topic = Optional.of(source.topic(settings.topic()));
      last = source.ordersMessages() ? inbox.lastMessage() : Optional.empty();
      log.info("Subscribed to topic '{}'", settings.topic());
    }
    Instant start = clock.instant();
    if (last.isPresent() && !start.isBefore(nextLook)) {
      lookBack(last.get(), start);
    }
    polls.run();
    List<TaskMessage> messages =
        source.poll(topic.get(), last, inbox.untilDue(settings.pollWait(), start));
    Instant end = clock.instant();
    boolean fresh = !inbox.accept(messages, end).isEmpty();
    if (!messages.isEmpty() && source.ordersMessages()) {
      shown(messages, end);
    }
    if (!fresh) {
      Duration rest = rest(Duration.between(start, end));
      if (rest.compareTo(Duration.ZERO) > 0) {
        inbox.pause(inbox.untilDue(rest, end));
      }
    }
  }

  /**
   * How long to pause after a poll of that length. A source without an order reads all it has, so
   * it rests for at least as long as that takes.
   */
  private Duration rest(Duration poll) {
    Duration rest = settings.pollInterval().minus(poll);
    return source.ordersMessages() ? rest : Durations.longer(rest, poll);
  }

  private void shown(List<TaskMessage> messages, Instant now) {
    last = Optional.of(messages.get(messages.size() - 1).id());
    nextLook = now.plus(LOOK_BACK_EVERY);
  }

  /** Looks at the topic's first messages. */
  private void lookBack(MessageId seen, Instant now) throws InterruptedException {
    List<TaskMessage> first = source.poll(topic.orElseThrow(), Optional.empty(), Duration.ZERO);
    nextLook = now.plus(LOOK_BACK_EVERY);
    if (first.isEmpty()) {
      return;
    }
    List<TaskMessage> earlier = upTo(seen, first);
    boolean unknown = inbox.accept(first, now).stream().anyMatch(earlier::contains);
    if (unknown || isBelow(seen, first)) {
      startOver(seen, first, now);
    }
  }

  private static List<TaskMessage> upTo(MessageId seen, List<TaskMessage> messages) {
    int end = 0;
    while (end < messages.size() && !messages.get(end).id().equals(seen)) {
      end++;
    }
    return messages.subList(0, Math.min(end + 1, messages.size()));
  }

  /** Whether the topic's newest message is before {@code seen}, which the topic does not have. */
  private boolean isBelow(MessageId seen, List<TaskMessage> first) throws InterruptedException {
    if (first.stream().anyMatch(message -> message.id().equals(seen))) {
      return false;
    }
    MessageId newest = first.get(first.size() - 1).id();
    return source.poll(topic.orElseThrow(), Optional.of(newest), Duration.ZERO).isEmpty();
  }

  /** Hears all messages again. Tasks that are not ready any more are not carried out again. */
  private void startOver(MessageId seen, List<TaskMessage> first, Instant now) {
    MessageId newest = first.get(first.size() - 1).id();
    log.warn(
        "The backend was set up anew, it seems: message {} was heard before, and now the topic"
            + " has other messages up to {}. All of them are heard",
        seen,
        newest);
    inbox.startOver();
    inbox.accept(first, now);
    last = Optional.of(newest);
  }

  /** Makes the next poll find out what the failure leaves open. */
  @Override
  public void failed(RuntimeException failure) {
    nextLook = Instant.MIN;
    if (failure instanceof NotFoundException) {
      topic = Optional.empty();
    } else if (failure instanceof PortException refusal && !refusal.retryable()) {
      // The source may refuse to look for messages after one that it has never had.
      last = Optional.empty();
    }
  }
}
