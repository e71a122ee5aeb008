package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.plan.PlanReader;
import io.numa.avatar.backend.plan.TestCommandReader;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads tasks. Ignores unknown fields, and refuses a task if a needed field is missing or invalid.
 */
public final class TaskReader {
  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(365L * 24 * 3600);

  private final StatusWords words;
  private final PlanReader plans = new PlanReader();

  public TaskReader(StatusWords words) {
    this.words = words;
  }

  /**
   * @throws InvalidTaskException if fields are missing or invalid; the message names all of them
   */
  public Task read(TaskId id, JsonNode object) {
    var fields = new Fields(object);
    TaskState state = state(object);
    Optional<String> title = fields.requiredText("title", text -> text);
    Optional<ApplicationId> application =
        fields.requiredId("application_id", "/application/id", ApplicationId::new);
    Optional<BranchName> branch = branch(id, fields);
    Optional<BranchName> base = fields.optionalText("base_branch", BranchName::new);
    PlanSource plan = plan(fields);
    TaskOptions options = options(fields);
    if (!fields.problems().isEmpty()) {
      throw new InvalidTaskException(id, state, fields.problems());
    }
    return Task.of(id, title.orElseThrow(), application.orElseThrow(), branch.orElseThrow(), plan)
        .withState(state)
        .withBase(base)
        .withOptions(options);
  }

  private TaskState state(JsonNode object) {
    if (object.path("cancel_requested").asBoolean(false)) {
      return TaskState.CANCELLED;
    }
    JsonNode status = object.path("status");
    return status.isMissingNode() || status.isNull()
        ? TaskState.TODO
        : words.state(status.asText(""));
  }

  private static Optional<BranchName> branch(TaskId id, Fields fields) {
    boolean named =
        fields.find("code_branch").filter(n -> !n.isTextual() || !n.asText().isBlank()).isPresent();
    if (named) {
      return fields.optionalText("code_branch", BranchName::new);
    }
    return Optional.of(BranchName.of(id));
  }

  private PlanSource plan(Fields fields) {
    Optional<JsonNode> given =
        fields
            .find("development_plan")
            .filter(node -> !node.isTextual() || !node.asText().isBlank());
    if (given.isPresent()) {
      JsonNode plan = given.get();
      return plan.isTextual() ? plans.read(plan.asText()) : plans.read(plan);
    }
    return fields
        .optionalText("description", text -> text)
        .<PlanSource>map(PlanSource.Prose::new)
        .orElseGet(
            () ->
                new PlanSource.Invalid(
                    List.of(
                        new PlanProblem(
                            "", "the task has neither a development_plan nor a description"))));
  }

  private static TaskOptions options(Fields fields) {
    return new TaskOptions(
        fields.optional("test_command", TestCommandReader::read),
        fields.optional("timeout_seconds", TaskReader::seconds),
        fields.optionalText("commit_message", text -> text));
  }

  private static Duration seconds(JsonNode node) {
    BigDecimal seconds = node.isNumber() ? node.decimalValue() : BigDecimal.ZERO;
    if (seconds.signum() <= 0 || seconds.compareTo(LONGEST_SECONDS) > 0) {
      throw new IllegalArgumentException("must be a number of seconds above 0, up to a year");
    }
    return Duration.ofMillis(seconds.movePointRight(3).longValue());
  }
}
