package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.testkit.Monitor;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Implements the endpoints of the second dialect, with the manners of the program that people run.
 */
final class V1Api implements LoopbackServer.Handler {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** In the words of the framework; a missing thing is named. */
  private static final Reply NO_ROUTE = Reply.refusal(404, "Not Found");

  private static final Pattern TASK = Pattern.compile("/api/v1/development/([^/]+)");
  private static final Pattern APPLICATION = Pattern.compile("/api/v1/applications/([^/]+)");
  private static final Pattern QUESTIONS =
      Pattern.compile("/api/v1/(?:questions|solutions/questions)/(requirement|solution)/([^/]+)");
  private static final String LIST = "/api/v1/development/";

  /** The fields of a task that a write may change. All others are dropped. */
  private static final List<String> WRITABLE =
      List.of("title", "description", "status", "code_branch", "assigned_to");

  /** The parts of a task that the answer to a write does not carry. */
  private static final List<String> RELATIONS = List.of("application", "solution", "requirement");

  final Monitor monitor = new Monitor();

  /** The tasks in the order of the list: a changed task moves to the end. */
  final Map<String, ObjectNode> tasks = new LinkedHashMap<>();

  final Map<String, ObjectNode> applications = new LinkedHashMap<>();
  final Map<String, ArrayNode> questions = new LinkedHashMap<>();
  final Map<String, List<JsonNode>> writes = new LinkedHashMap<>();
  final List<BackendRequest> requests = new ArrayList<>();
  volatile Optional<String> token = Optional.empty();

  @Override
  public void notice(BackendRequest request) {
    monitor.change(() -> requests.add(request));
  }

  @Override
  public Reply handle(BackendRequest request) {
    if (request.path().equals("/docs")) {
      return new Reply(200, Map.of("Content-Type", "text/html"), "<html><body>API</body></html>");
    }
    if (token.isPresent()
        && !request.header("authorization").equals(Optional.of("Bearer " + token.get()))) {
      return Reply.refusal(401, "Not authenticated");
    }
    return monitor.change(() -> answer(request));
  }

  private Reply answer(BackendRequest request) {
    String path = request.path();
    if (path.equals(LIST)) {
      return request.method().equals("GET") ? list(request.query()) : noMethod();
    }
    if (isRoute(toggled(path))) {
      return redirect(request);
    }
    Matcher task = TASK.matcher(path);
    if (task.matches()) {
      return task(request, task.group(1));
    }
    Matcher application = APPLICATION.matcher(path);
    if (application.matches() && request.method().equals("GET")) {
      return numbered(
          application.group(1),
          id -> found(applications.get(id), "Application with id " + id + " not found"));
    }
    Matcher about = QUESTIONS.matcher(path);
    return about.matches() && request.method().equals("GET")
        ? Reply.ok(questions.getOrDefault(about.group(1) + about.group(2), NODES.arrayNode()))
        : NO_ROUTE;
  }

  private static boolean isRoute(String path) {
    return path.equals(LIST)
        || TASK.matcher(path).matches()
        || APPLICATION.matcher(path).matches()
        || QUESTIONS.matcher(path).matches();
  }

  /** The path with a slash at the end, or without the one that it has. */
  private static String toggled(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
  }

  private static Reply redirect(BackendRequest request) {
    String query =
        request.query().entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    String host = request.header("host").orElse("127.0.0.1");
    String place = "http://" + host + toggled(request.path());
    return new Reply(307, Map.of("Location", query.isEmpty() ? place : place + "?" + query), "");
  }

  private Reply list(Map<String, String> query) {
    try {
      int skip = Integer.parseInt(query.getOrDefault("skip", "0"));
      int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
      ArrayNode page = NODES.arrayNode();
      tasks.values().stream().skip(skip).limit(limit).map(this::whole).forEach(page::add);
      return Reply.ok(page);
    } catch (NumberFormatException e) {
      return Reply.refusal(422, "skip and limit must be integers");
    }
  }

  private Reply task(BackendRequest request, String text) {
    return switch (request.method()) {
      case "GET" ->
          numbered(
              text,
              id ->
                  found(
                      Optional.ofNullable(tasks.get(id)).map(this::whole).orElse(null),
                      "Development task with id " + id + " not found"));
      case "PUT" -> numbered(text, id -> write(id, parse(request.body())));
      default -> noMethod();
    };
  }

  private interface ById {
    Reply of(String id);
  }

  private static Reply numbered(String id, ById answer) {
    if (!id.matches("-?[0-9]+")) {
      return Reply.refusal(422, "Input should be a valid integer");
    }
    if (id.length() >= 20) {
      return new Reply(500, Map.of("Content-Type", "text/plain"), "Internal Server Error");
    }
    return answer.of(id);
  }

  private static Reply found(@Nullable ObjectNode thing, String problem) {
    return thing == null ? Reply.refusal(404, problem) : Reply.ok(thing);
  }

  private static Reply noMethod() {
    return Reply.refusal(405, "Method Not Allowed");
  }

  /** A task with its application inside. */
  private ObjectNode whole(ObjectNode task) {
    ObjectNode whole = task.deepCopy();
    ObjectNode application = applications.get(task.path("application_id").asText());
    if (!whole.has("application") && application != null) {
      whole.set("application", application);
    }
    return whole;
  }

  private Reply write(String id, JsonNode body) {
    ObjectNode task = tasks.get(id);
    if (task == null) {
      return Reply.refusal(404, "Development task with id " + id + " not found");
    }
    if (!body.path("title").isTextual() || !body.path("description").isTextual()) {
      return Reply.refusal(422, "Field required");
    }
    WRITABLE.stream().filter(body::has).forEach(field -> task.set(field, body.get(field)));
    tasks.remove(id);
    tasks.put(id, task);
    writes.computeIfAbsent(id, any -> new ArrayList<>()).add(body);
    ObjectNode answer = task.deepCopy();
    RELATIONS.forEach(answer::putNull);
    return Reply.ok(answer);
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
