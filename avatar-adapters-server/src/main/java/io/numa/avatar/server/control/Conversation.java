package io.numa.avatar.server.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.server.call.CallParameters;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.document.Documents;
import io.numa.avatar.server.document.Problem;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one client of the control socket asks, and what it is answered. Used by one thread. */
final class Conversation {
  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_REQUEST = 64 * 1024;

  /** How long a client may ask nothing. */
  private static final Duration IDLE = Duration.ofMinutes(10);

  /** After how long without an event an empty line shows whether the client is still there. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final Lines lines;
  private final Served served;
  private final Lock answering;

  /**
   * What clients are answered from.
   *
   * @param patience how long a client may take to take a line
   * @param stopped comes down when the server ends
   */
  record Served(
      OperatorCalls calls,
      OperationEvents events,
      Clock clock,
      Duration patience,
      CountDownLatch stopped) {}

  /**
   * @param answering is held while a request is answered
   */
  Conversation(Lines lines, Served served, Lock answering) {
    this.lines = lines;
    this.served = served;
    this.answering = answering;
  }

  /** Answers until the client leaves. */
  void run() throws IOException, InterruptedException {
    Optional<String> line = lines.read(IDLE, LONGEST_REQUEST);
    while (line.isPresent()) {
      answering.lock();
      try {
        answer(line.get());
      } finally {
        answering.unlock();
      }
      line = lines.read(IDLE, LONGEST_REQUEST);
    }
  }

  private void answer(String line) throws IOException, InterruptedException {
    try {
      Map<String, String> request = parsed(line);
      String word = request.getOrDefault("do", "");
      var parameters = new CallParameters(request, served.clock());
      if (word.equals("events")) {
        sendEvents();
      } else if (word.equals("log") && "true".equals(request.get("follow"))) {
        followLog(request);
      } else {
        ok(document(word, parameters));
      }
    } catch (RefusedCallException e) {
      send("error", Documents.error(e.problem()));
    } catch (RuntimeException e) {
      log.warn("Could not answer at the control socket", e);
      send(
          "error",
          Documents.error(
              new Problem(
                  Problem.Kind.UNAVAILABLE, "the avatar could not answer", "its log says why")));
    }
  }

  private static Map<String, String> parsed(String line) {
    try {
      JsonNode request = JSON.readTree(line);
      if (!request.isObject()) {
        throw badRequest();
      }
      var values = new HashMap<String, String>();
      for (Map.Entry<String, JsonNode> field : request.properties()) {
        values.put(field.getKey(), scalar(field.getValue()));
      }
      return values;
    } catch (JsonProcessingException e) {
      throw badRequest();
    }
  }

  private static String scalar(JsonNode value) {
    if (!value.isValueNode()) {
      throw badRequest();
    }
    return value.isNull() ? "" : value.asText();
  }

  private static RefusedCallException badRequest() {
    return new RefusedCallException(
        Problem.badRequest(
            "the request is no line of JSON such as {\"do\": \"status\"}",
            "docs/operations-api.md has the requests"));
  }

  private ObjectNode document(String word, CallParameters parameters) throws InterruptedException {
    Optional<ObjectNode> read = served.calls().read(word, parameters);
    return read.isPresent()
        ? read.get()
        : served
            .calls()
            .order(word, parameters)
            .orElseThrow(
                () ->
                    new RefusedCallException(
                        Problem.badRequest(
                            "the avatar does not know what to do",
                            "docs/operations-api.md has the words of 'do'")));
  }

  private void sendEvents() throws IOException, InterruptedException {
    OperationEvents.Subscription subscription =
        served
            .events()
            .subscribe()
            .orElseThrow(
                () ->
                    new RefusedCallException(
                        new Problem(
                            Problem.Kind.TOO_MANY,
                            "there are " + OperationEvents.WATCHERS + " watchers",
                            "close one, or ask for the status from time to time")));
    try (subscription) {
      while (true) {
        List<OperationEvent> next = subscription.take(QUIET);
        if (next.isEmpty()) {
          lines.write("", served.patience());
        }
        for (OperationEvent event : next) {
          ok(Documents.event(event));
        }
      }
    }
  }

  /** Sends the parts of a log until its attempt is over. */
  private void followLog(Map<String, String> request) throws IOException, InterruptedException {
    var values = new HashMap<>(request);
    LogPart part = part(values);
    values.put("attempt", part.attempt().toString());
    ok(Documents.log(part));
    long quiet = 0;
    while (part.open() || hasMore(part)) {
      if (part.next() == part.offset()) {
        quiet = waited(quiet);
      }
      values.put("offset", Long.toString(part.next()));
      part = part(values);
      if (part.next() > part.offset() || !part.open()) {
        ok(Documents.log(part));
        quiet = 0;
      }
    }
  }

  /** A part that has nothing is the end, also where a killed process left half a character. */
  private static boolean hasMore(LogPart part) {
    return part.next() < part.size() && part.next() > part.offset();
  }

  private LogPart part(Map<String, String> values) {
    return served.calls().log(new CallParameters(values, served.clock()));
  }

  /** Waits a little for the log to grow; returns for how long it has not grown, in milliseconds. */
  private long waited(long quiet) throws IOException, InterruptedException {
    long pause = 250;
    if (served.stopped().await(pause, TimeUnit.MILLISECONDS)) {
      throw new IOException("the avatar ends");
    }
    if (quiet + pause < QUIET.toMillis()) {
      return quiet + pause;
    }
    lines.write("", served.patience());
    return 0;
  }

  private void ok(ObjectNode document) throws IOException {
    send("ok", document);
  }

  private void send(String key, ObjectNode document) throws IOException {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.set(key, document);
    lines.write(line.toString(), served.patience());
  }
}
