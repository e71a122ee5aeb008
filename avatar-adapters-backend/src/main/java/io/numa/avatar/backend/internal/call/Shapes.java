package io.numa.avatar.backend.internal.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import java.util.List;
import java.util.Optional;

/** The shapes of answers: what is wrong with an answer as a whole, apart from its fields. */
public final class Shapes {
  private static final List<String> OF_A_TASK =
      List.of("id", "title", "status", "description", "application_id");
  private static final List<String> OF_AN_APPLICATION =
      List.of("id", "name", "git_repo_url", "repository_url");

  private Shapes() {}

  public static Optional<String> task(JsonNode answer) {
    return object(answer, OF_A_TASK, "a task");
  }

  public static Optional<String> application(JsonNode answer) {
    return object(answer, OF_AN_APPLICATION, "an application");
  }

  public static Optional<String> topic(JsonNode answer) {
    return idProblem(answer).map(problem -> "its id " + problem);
  }

  /** A list, or an object with a list named 'data'. */
  public static Optional<String> list(JsonNode answer) {
    JsonNode items = items(answer);
    return items.isArray()
        ? Optional.empty()
        : Optional.of("'data' must be a list, not " + Json.kind(items));
  }

  /** A bare list. */
  public static Optional<String> array(JsonNode answer) {
    return answer.isArray()
        ? Optional.empty()
        : Optional.of("it must be a list, not " + Json.kind(answer));
  }

  public static JsonNode items(JsonNode answer) {
    return answer.isArray() ? answer : answer.path("data");
  }

  /** A proxy may answer with JSON, too; an object with none of the fields is not the backend's. */
  private static Optional<String> object(JsonNode answer, List<String> fields, String what) {
    if (!answer.isObject()) {
      return Optional.of("it must be an object, not " + Json.kind(answer));
    }
    return fields.stream().anyMatch(answer::has)
        ? Optional.empty()
        : Optional.of("it has none of the fields of " + what);
  }

  private static Optional<String> idProblem(JsonNode answer) {
    try {
      Json.id(answer.path("id"));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }
}
