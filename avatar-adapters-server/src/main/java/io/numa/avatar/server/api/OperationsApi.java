package io.numa.avatar.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.server.call.CallParameters;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.document.Documents;
import io.numa.avatar.server.document.EventTexts;
import io.numa.avatar.server.document.Problem;
import io.numa.avatar.server.http.Answer;
import io.numa.avatar.server.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers requests below {@code /api/v1}. The caller has checked who asks. */
public final class OperationsApi {
  private static final Set<String> READS = Set.of("status", "why", "health", "tasks", "spend");
  private static final Set<String> ORDERS = Set.of("pause", "resume", "drain");
  private static final Set<String> TASK_READS = Set.of("log", "change");
  private static final Set<String> TASK_ORDERS = Set.of("cancel", "retry");

  /** The address of messages, whose order has another word and comes with a body. */
  private static final String MESSAGES = "messages";

  private static final String SAY = "say";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OperatorCalls calls;
  private final OperationEvents events;
  private final EventTexts texts = new EventTexts();
  private final Clock clock;

  public OperationsApi(OperatorCalls calls, OperationEvents events, Clock clock) {
    this.calls = calls;
    this.events = events;
    this.clock = clock;
  }

  /** What an address means. */
  private record Target(String word, boolean order, Map<String, String> parameters) {}

  /**
   * Answers a request.
   *
   * @param path what follows {@code /api/v1}
   */
  public Answer answer(List<String> path, Request request)
      throws IOException, InterruptedException {
    try {
      Target target =
          target(path, request.query())
              .orElseThrow(
                  () ->
                      new RefusedCallException(
                          Problem.notFound(
                              "the API has no such address", "docs/operations-api.md lists them")));
      if (target.order() ? !request.method().equals("POST") : !request.reads()) {
        return wrongMethod(target.order() ? "POST" : "GET, HEAD");
      }
      if (target.word().equals("events")) {
        return EventStream.of(events, texts);
      }
      return document(target.word().equals(SAY) ? withBody(target, request) : target);
    } catch (RefusedCallException e) {
      return error(e.problem());
    }
  }

  private Answer document(Target target) throws InterruptedException {
    var parameters = new CallParameters(target.parameters(), clock);
    Optional<ObjectNode> document =
        target.order()
            ? calls.order(target.word(), parameters)
            : calls.read(target.word(), parameters);
    return json(200, document.orElseThrow());
  }

  private static Target withBody(Target target, Request request) throws IOException {
    var parameters = new HashMap<String, String>();
    ObjectNode body = body(request);
    for (String name : List.of("text", "author")) {
      JsonNode value = body.path(name);
      if (value.isTextual()) {
        parameters.put(name, value.textValue());
      }
    }
    parameters.put("task", target.parameters().getOrDefault("task", ""));
    return new Target(target.word(), target.order(), parameters);
  }

  private static ObjectNode body(Request request) throws IOException {
    try {
      if (JSON.readTree(request.body()) instanceof ObjectNode body) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // As if it were another kind of JSON.
    }
    throw new RefusedCallException(
        Problem.badRequest(
            "the body is no JSON object", "send one such as {\"text\": \"…\", \"author\": \"…\"}"));
  }

  private static Optional<Target> target(List<String> path, Map<String, String> query) {
    if (path.size() == 1) {
      String word = path.get(0);
      return READS.contains(word) || ORDERS.contains(word) || word.equals("events")
          ? Optional.of(new Target(word, ORDERS.contains(word), query))
          : Optional.empty();
    }
    if (path.isEmpty() || path.size() > 3 || !path.get(0).equals("tasks")) {
      return Optional.empty();
    }
    String word = path.size() == 2 ? "task" : path.get(2);
    var parameters = new HashMap<>(query);
    parameters.put("task", path.get(1));
    if (word.equals(MESSAGES)) {
      return Optional.of(new Target(SAY, true, parameters));
    }
    return path.size() == 2 || TASK_READS.contains(word) || TASK_ORDERS.contains(word)
        ? Optional.of(new Target(word, TASK_ORDERS.contains(word), parameters))
        : Optional.empty();
  }

  private static Answer wrongMethod(String allowed) {
    return error(
            new Problem(
                Problem.Kind.METHOD_NOT_ALLOWED,
                "this address is not for this method",
                "use " + allowed))
        .with("Allow", allowed);
  }

  /** An answer that says as JSON why the request was not carried out. */
  public static Answer error(Problem problem) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("error", Documents.error(problem));
    return json(problem.kind().status(), document);
  }

  private static Answer json(int status, ObjectNode document) {
    return Answer.of(status, Answer.JSON, (document + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
