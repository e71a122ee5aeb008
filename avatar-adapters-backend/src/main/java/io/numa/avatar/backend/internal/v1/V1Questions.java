package io.numa.avatar.backend.internal.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.Read;
import io.numa.avatar.backend.internal.read.Question;
import io.numa.avatar.backend.internal.read.Questions;
import io.numa.avatar.port.NotFoundException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks for the questions about a task's requirement and solution. While a task is not ready, such
 * as while it runs and is looked at again and again, gives those that were found before. Safe for
 * use by several threads.
 */
final class V1Questions implements Questions {
  private static final int MAX_REMEMBERED = 100;

  private final BackendClient client;
  private final V1Calls calls;
  private final ReadyCheck ready;
  private final Map<String, List<Question>> found = new LinkedHashMap<>();

  /** Says whether a task is ready. */
  interface ReadyCheck {
    boolean of(JsonNode task);
  }

  V1Questions(BackendClient client, V1Calls calls, ReadyCheck ready) {
    this.client = client;
    this.calls = calls;
    this.ready = ready;
  }

  @Override
  public List<Question> about(JsonNode task) throws InterruptedException {
    String id = task.path("id").asText("");
    Optional<List<Question>> known = ready.of(task) ? Optional.empty() : known(id);
    return known.isPresent() ? known.get() : asked(id, task);
  }

  private synchronized Optional<List<Question>> known(String task) {
    return Optional.ofNullable(found.get(task));
  }

  private synchronized void remember(String task, List<Question> questions) {
    found.remove(task);
    found.put(task, questions);
    if (found.size() > MAX_REMEMBERED) {
      found.remove(found.keySet().iterator().next());
    }
  }

  private List<Question> asked(String id, JsonNode task) throws InterruptedException {
    var questions = new ArrayList<Question>();
    OptionalLong requirement = id(task, "requirement");
    if (requirement.isPresent()) {
      questions.addAll(answered(calls.questionsAboutRequirement(requirement.getAsLong())));
    }
    OptionalLong solution = id(task, "solution");
    if (solution.isPresent()) {
      questions.addAll(answered(calls.questionsAboutSolution(solution.getAsLong())));
    }
    remember(id, questions);
    return questions;
  }

  private List<Question> answered(Read read) throws InterruptedException {
    try {
      return Question.answered(client.read(read));
    } catch (NotFoundException e) {
      return List.of();
    }
  }

  private static OptionalLong id(JsonNode task, String part) {
    JsonNode id = task.path(part).path("id");
    JsonNode number = id.isMissingNode() ? task.path(part + "_id") : id;
    return number.isIntegralNumber() && number.canConvertToLong()
        ? OptionalLong.of(number.asLong())
        : OptionalLong.empty();
  }
}
