package io.numa.avatar.server.api;

import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.server.document.EventTexts;
import io.numa.avatar.server.document.Problem;
import io.numa.avatar.server.http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends events to one watcher as server-sent events, each with its number as id. A comment goes out
 * where there is no event for {@link #QUIET}, so that both ends see whether the other one is there.
 */
final class EventStream implements Answer.Body {
  private static final String TYPE = "text/event-stream";
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final OperationEvents events;
  private final EventTexts texts;
  private final Duration quiet;

  EventStream(OperationEvents events, EventTexts texts, Duration quiet) {
    this.events = events;
    this.texts = texts;
    this.quiet = quiet;
  }

  /** An answer that goes on until the watcher leaves. */
  static Answer of(OperationEvents events, EventTexts texts) {
    return events.watchers() < OperationEvents.WATCHERS
        ? Answer.streamed(TYPE, new EventStream(events, texts, QUIET))
        : OperationsApi.error(tooMany());
  }

  private static Problem tooMany() {
    return new Problem(
        Problem.Kind.TOO_MANY,
        "there are " + OperationEvents.WATCHERS + " watchers",
        "close one, or ask for the status from time to time");
  }

  @Override
  public boolean endless() {
    return true;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException, InterruptedException {
    Optional<OperationEvents.Subscription> subscription = events.subscribe();
    if (subscription.isEmpty()) {
      send(out, ": " + tooMany().text() + "\n\n");
      return;
    }
    try (OperationEvents.Subscription open = subscription.get()) {
      send(out, ": events follow\n\n");
      for (long id = 1; ; ) {
        List<OperationEvent> next = open.take(quiet);
        send(out, next.isEmpty() ? ": nothing new\n\n" : messages(next, id));
        id += next.size();
      }
    }
  }

  private String messages(List<OperationEvent> next, long first) {
    var all = new StringBuilder();
    long id = first;
    for (OperationEvent event : next) {
      all.append("id: ").append(id++).append("\ndata: ").append(texts.of(event)).append("\n\n");
    }
    return all.toString();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
