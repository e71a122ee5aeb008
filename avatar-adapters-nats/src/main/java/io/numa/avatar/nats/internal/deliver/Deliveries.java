package io.numa.avatar.nats.internal.deliver;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.support.Status;
import io.numa.avatar.nats.internal.claim.Claims;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.QueuedMessage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Takes deliveries from the engine. Safe for use by several threads. */
public final class Deliveries {
  private static final String ACTION = "take a task from the queue";

  /** How long to wait after the server refused a request, before the next one. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Set<Integer> NOTHING_THERE = Set.of(404, 408);

  private final Link link;
  private final Site site;
  private final Layout layout;
  private final Workshop tools;
  private final Messages messages;

  public Deliveries(Link link, Site site, Layout layout, TimeSource time) {
    this.link = link;
    this.site = site;
    this.layout = layout;
    this.tools =
        new Workshop(
            layout.settings(),
            new Claims(link, site, layout),
            new Acknowledgements(link),
            new DeadLetters(link, site, layout),
            time);
    this.messages = new Messages(tools);
  }

  /** See {@link io.numa.avatar.port.queue.TaskQueue#take}. */
  public Optional<Delivery> take(Set<String> routes, Duration wait) throws InterruptedException {
    link.call(ACTION, session -> prepare(session, routes));
    long end = tools.time().nanoTime() + wait.toNanos();
    Optional<Delivery> taken = Optional.empty();
    boolean more = true;
    while (taken.isEmpty() && more) {
      Optional<Message> message = link.once(ACTION, session -> await(session, routes, end));
      more = message.isPresent();
      if (more) {
        taken = messages.read(message.get());
      }
    }
    return taken;
  }

  private Session prepare(Session session, Set<String> routes)
      throws InterruptedException, IOException, JetStreamApiException {
    for (String route : routes) {
      site.prepare(session, route);
    }
    return session;
  }

  private Optional<Message> await(Session session, Set<String> routes, long end)
      throws InterruptedException, IOException, JetStreamApiException {
    try (var pull = new Pull(session.connection(), layout, tools.time(), routes, end);
        var again = link.onReconnect(pull::askAgain)) {
      pull.ask();
      String problem = "";
      while (!pull.isOver()) {
        Optional<Message> answer = pull.next(problem.isEmpty() ? pull.left() : PAUSE);
        if (answer.isPresent() && !answer.get().isStatusMessage()) {
          return answer;
        }
        if (answer.isEmpty() && !problem.isEmpty()) {
          site.forget();
          prepare(session, routes);
        }
        problem = answer.map(Deliveries::problem).orElse("");
        if (problem.isEmpty()) {
          pull.ask();
        }
      }
      requireNone(problem, session);
      return Optional.empty();
    }
  }

  private static String problem(Message answer) {
    Status status = answer.getStatus();
    return NOTHING_THERE.contains(status.getCode())
        ? ""
        : "the queue's server said: " + status.getMessageWithCode();
  }

  private static void requireNone(String problem, Session session) throws IOException {
    if (!problem.isEmpty()) {
      throw new IOException(problem);
    }
    if (session.connection().getStatus() != Connection.Status.CONNECTED) {
      throw new IOException("the connection was lost");
    }
  }

  /** See {@link io.numa.avatar.port.queue.TaskQueue#resume}. */
  public Delivery resume(TaskId task) {
    return new TaskDelivery(
        tools,
        TaskKey.of(layout.settings().backend(), task),
        new QueuedMessage(task, Optional.empty(), 1),
        Optional.empty(),
        new byte[0]);
  }
}
