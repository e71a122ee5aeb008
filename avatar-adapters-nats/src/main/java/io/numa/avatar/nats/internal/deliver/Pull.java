package io.numa.avatar.nats.internal.deliver;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.Subscription;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests for one message of each route, which the server keeps until a message comes or their
 * time is over. All answers come to one inbox, so that one thread waits for all routes at once.
 *
 * <p>The end takes the requests back. A message that the server sent before it knew is given back
 * at once.
 */
final class Pull implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pull.class);

  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** The library takes zero for a wait without end. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Connection connection;
  private final Layout layout;
  private final TimeSource time;
  private final List<String> routes;
  private final String inbox;
  private final Subscription answers;
  private final long end;

  /** The routes whose request the server still keeps, as far as is known. */
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  /**
   * @param end when the requests' time is over, in the nanoseconds of {@code time}
   */
  Pull(Connection connection, Layout layout, TimeSource time, Set<String> routes, long end) {
    this.connection = connection;
    this.layout = layout;
    this.time = time;
    this.routes = List.copyOf(routes);
    this.end = end;
    this.inbox = connection.createInbox();
    this.answers = connection.subscribe(inbox + ".*");
  }

  Duration left() {
    return Duration.ofNanos(end - time.nanoTime());
  }

  boolean isOver() {
    return left().toMillis() <= 0;
  }

  /** Asks for the routes that the server does not keep a request of. */
  void ask() {
    for (String route : routes) {
      Duration left = left();
      if (left.toMillis() > 0 && open.add(route)) {
        connection.publish(
            "$JS.API.CONSUMER.MSG.NEXT."
                + layout.settings().stream()
                + "."
                + layout.consumerName(route),
            inbox + "." + routes.indexOf(route),
            PullRequestOptions.builder(1).expiresIn(left).build().serialize());
      }
    }
  }

  /** Asks for all routes: the server may have forgotten the requests. */
  void askAgain() {
    open.clear();
    try {
      ask();
    } catch (IllegalStateException e) {
      log.debug("The connection went away again", e);
    }
  }

  /** The next answer: a message, or a status; empty if there is none in time. */
  Optional<Message> next(Duration limit) throws InterruptedException {
    Optional<Message> answer = Optional.ofNullable(answers.nextMessage(limit));
    answer.ifPresent(this::note);
    return answer;
  }

  private void note(Message answer) {
    if (answer.isStatusMessage()) {
      int at = Integer.parseInt(answer.getSubject().substring(inbox.length() + 1));
      open.remove(routes.get(at));
    } else {
      open.remove(route(answer));
    }
  }

  /** The fourth token of {@code numa.tasks.<topic>.<route>.<key>}. */
  private static String route(Message message) {
    return message.getSubject().split("\\.", -1)[3];
  }

  @Override
  public void close() {
    if (open.isEmpty() || isOver()) {
      unsubscribe();
    } else {
      giveBackTheRest();
    }
  }

  private void unsubscribe() {
    try {
      answers.unsubscribe();
    } catch (IllegalStateException e) {
      log.debug("The connection was closed", e);
    }
  }

  private void giveBackTheRest() {
    try {
      CompletableFuture<Boolean> unused = answers.drain(DRAIN);
      Message late = answers.nextMessage(AT_ONCE);
      while (late != null) {
        if (!late.isStatusMessage()) {
          late.nak();
        }
        late = answers.nextMessage(AT_ONCE);
      }
    } catch (IllegalStateException e) {
      log.debug("No more messages came", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
