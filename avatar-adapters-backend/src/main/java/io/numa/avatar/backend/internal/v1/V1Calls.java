package io.numa.avatar.backend.internal.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.internal.call.CallKind;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.call.Read;
import io.numa.avatar.backend.internal.call.Shapes;
import io.numa.avatar.backend.internal.call.Write;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.TaskId;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The calls of the second dialect. */
public final class V1Calls {
  /** The backend answers 422 to an id that is no number, and 500 to one of 20 digits. */
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private final Endpoints endpoints;

  public V1Calls(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Reads a page of the list of tasks. Without the slash before '?', the backend redirects. */
  public Read page(int skip, int limit) {
    return new Read(
        CallKind.POLL,
        "read the list of tasks",
        endpoints
            .at("api", "v1", "development", "")
            .newBuilder()
            .addQueryParameter("skip", String.valueOf(skip))
            .addQueryParameter("limit", String.valueOf(limit))
            .build(),
        Shapes::array);
  }

  /**
   * @throws NotFoundException if no task of this backend can have the id
   */
  Read task(TaskId id) {
    return lookUp(
        "read task " + id, Shapes::task, "api", "v1", "development", number("task", id.value()));
  }

  /**
   * @throws NotFoundException if no application of this backend can have the id
   */
  Read application(ApplicationId id) {
    String number = number("application", id.value());
    return lookUp(
        "read application " + id, Shapes::application, "api", "v1", "applications", number);
  }

  Read questionsAboutRequirement(long id) {
    return questions(
        "requirement " + id, "api", "v1", "questions", "requirement", String.valueOf(id));
  }

  Read questionsAboutSolution(long id) {
    String number = String.valueOf(id);
    return questions("solution " + id, "api", "v1", "solutions", "questions", "solution", number);
  }

  /** A backend without this endpoint has no questions; so a missing route needs no words here. */
  private Read questions(String subject, String... segments) {
    return new Read(
        CallKind.APPLICATION,
        "read the questions about " + subject,
        endpoints.at(segments),
        Shapes::array);
  }

  private Read lookUp(
      String action, Function<JsonNode, Optional<String>> problem, String... segments) {
    return new Read(CallKind.V1_LOOK_UP, action, endpoints.at(segments), problem);
  }

  /**
   * @param key the same for every try
   */
  Write status(CallKind call, TaskId task, String key, JsonNode body) {
    return new Write(
        call,
        "report the status of task " + task,
        "PUT",
        endpoints.at("api", "v1", "development", number("task", task.value())),
        key,
        body,
        true);
  }

  /** Whether a task or an application can have the id. */
  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  private static String number(String what, String id) {
    if (!isId(id)) {
      throw new NotFoundException(
          "could not read " + what + " " + id + ": the backend's ids are numbers");
    }
    return id;
  }
}
