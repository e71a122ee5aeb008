package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.plan.PlanReader;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.text.CleanText;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a task: its {@code development_plan}, else a structured plan in the text of its
 * solution, else prose.
 *
 * @param note what was taken out of the prose, as a sentence for the task's log
 */
record TaskPlan(PlanSource source, Optional<String> note) {
  private static final PlanReader PLANS = new PlanReader();

  static TaskPlan of(JsonNode task, Questions questions) throws InterruptedException {
    Optional<PlanSource> given = development(task).or(() -> solution(task));
    if (given.isPresent()) {
      return given.get() instanceof PlanSource.Prose prose
          ? prose(prose.text())
          : new TaskPlan(given.get(), Optional.empty());
    }
    return TaskProse.of(task, questions.about(task)).map(TaskPlan::prose).orElseGet(TaskPlan::none);
  }

  private static Optional<PlanSource> development(JsonNode task) {
    JsonNode plan = task.path("development_plan");
    if (plan.isTextual()) {
      return Optional.of(plan.asText()).filter(text -> !text.isBlank()).map(PLANS::read);
    }
    return plan.isMissingNode() || plan.isNull() ? Optional.empty() : Optional.of(PLANS.read(plan));
  }

  private static Optional<PlanSource> solution(JsonNode task) {
    return PLANS.find(task.path("solution").path("description").asText(""));
  }

  private static TaskPlan prose(String text) {
    CleanText clean = CleanText.of(text);
    return new TaskPlan(new PlanSource.Prose(clean.text()), clean.note());
  }

  private static TaskPlan none() {
    String problem =
        "the task has no development_plan, and no description of itself, its requirement or its"
            + " solution";
    return new TaskPlan(
        new PlanSource.Invalid(List.of(new PlanProblem("", problem))), Optional.empty());
  }
}
