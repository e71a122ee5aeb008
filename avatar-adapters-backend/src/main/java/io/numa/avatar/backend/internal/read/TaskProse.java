package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts together the prose of a task from all that the backend tells, as Markdown. */
final class TaskProse {
  private final StringBuilder text = new StringBuilder();
  private final Set<String> told = new HashSet<>();

  /** Whether there is more than titles. */
  private boolean told() {
    return !told.isEmpty();
  }

  /**
   * The prose: title and description of the task, its requirement and its solution, and the
   * answered questions. Leaves out what is absent, and a description that repeats another; empty if
   * there is no description and no answer.
   */
  static Optional<String> of(JsonNode task, List<Question> questions) {
    var prose = new TaskProse();
    prose.part("# ", task);
    prose.part("## Requirement: ", task.path("requirement"));
    prose.part("## Solution: ", task.path("solution"));
    prose.answers(questions);
    return Optional.of(prose.text.toString().strip()).filter(any -> prose.told());
  }

  private void part(String heading, JsonNode part) {
    String title = line(part.path("title").asText(""));
    String description = ExplainedDescription.without(part.path("description").asText("")).strip();
    boolean fresh = !description.isEmpty() && told.add(description);
    if (fresh || !title.isEmpty()) {
      text.append((heading + title).strip().replaceAll(":$", "")).append("\n\n");
    }
    if (fresh) {
      text.append(description).append("\n\n");
    }
  }

  private void answers(List<Question> questions) {
    if (!questions.isEmpty()) {
      text.append("## Questions and answers\n\n");
    }
    for (Question question : questions) {
      told.add(question.answer());
      text.append("Question: ").append(question.content()).append('\n');
      text.append("Answer: ").append(question.answer()).append("\n\n");
    }
  }

  private static String line(String title) {
    return title.strip().replaceAll("\\s+", " ");
  }
}
