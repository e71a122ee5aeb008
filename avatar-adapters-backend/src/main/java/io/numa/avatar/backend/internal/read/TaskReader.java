package io.numa.avatar.backend.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.numa.avatar.backend.plan.TestCommandReader;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.bridge.Routes;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.text.CleanText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads tasks. Ignores unknown fields, and refuses a task if a needed field is missing or invalid.
 */
public final class TaskReader {
  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(365L * 24 * 3600);

  private static final int MAX_SHOWN = 200;

  private final StatusWords words;
  private final BranchRule branches;
  private final Questions questions;

  public TaskReader(StatusWords words, BranchRule branches, Questions questions) {
    this.words = words;
    this.branches = branches;
    this.questions = questions;
  }

  /**
   * Reads a task.
   *
   * @throws InvalidTaskException if fields are missing or invalid; the message names all of them
   */
  public Task read(TaskId id, JsonNode object) throws InterruptedException {
    var fields = new Fields(object);
    TaskState state = state(object);
    Optional<String> title = fields.requiredText("title", text -> text);
    Optional<ApplicationId> application =
        fields.requiredId("application_id", "/application/id", ApplicationId::new);
    var notes = new ArrayList<String>();
    Optional<BranchName> branch = branch(id, fields, notes);
    Optional<BranchName> base = fields.optionalText("base_branch", BranchName::new);
    TaskOptions options = options(fields);
    if (!fields.problems().isEmpty()) {
      throw new InvalidTaskException(id, state, fields.problems());
    }
    TaskPlan plan = TaskPlan.of(object, questions);
    plan.note().ifPresent(notes::add);
    return Task.of(
            id, title.orElseThrow(), application.orElseThrow(), branch.orElseThrow(), plan.source())
        .withState(state)
        .withBase(base)
        .withOptions(options.withNotes(notes).withMessages(TaskMessages.of(object)));
  }

  /** The state of a task; one without a status is ready. */
  public TaskState state(JsonNode object) {
    if (object.path("cancel_requested").asBoolean(false)) {
      return TaskState.CANCELLED;
    }
    JsonNode status = object.path("status");
    return status.isMissingNode() || status.isNull()
        ? TaskState.TODO
        : words.state(status.asText(""));
  }

  /** Whether the task names a branch that Git cannot have. */
  public static boolean hasInvalidBranch(JsonNode object) {
    JsonNode name = object.path("code_branch");
    return namesBranch(name) && !isBranch(name);
  }

  private static boolean namesBranch(JsonNode name) {
    boolean absent = name.isMissingNode() || name.isNull();
    return !absent && (!name.isTextual() || !name.asText().isBlank());
  }

  private static boolean isBranch(JsonNode name) {
    try {
      return name.isTextual() && !new BranchName(name.asText()).value().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<BranchName> branch(TaskId id, Fields fields, List<String> notes) {
    JsonNode name = fields.find("code_branch").orElseGet(MissingNode::getInstance);
    if (!namesBranch(name)) {
      return Optional.of(BranchName.of(id));
    }
    if (branches == BranchRule.REFUSE || isBranch(name)) {
      return fields.optionalText("code_branch", BranchName::new);
    }
    BranchName own = BranchName.of(id);
    notes.add("Git cannot have the branch " + shown(name) + "; the branch is " + own);
    return Optional.of(own);
  }

  private static String shown(JsonNode name) {
    String text = CleanText.of(name.asText(name.toString())).text().replaceAll("\\s+", " ");
    return text.length() > MAX_SHOWN
        ? "that the task names with " + text.length() + " characters"
        : "'" + text + "'";
  }

  private static TaskOptions options(Fields fields) {
    return new TaskOptions(
            fields.optional("test_command", TestCommandReader::read),
            fields.optional("timeout_seconds", TaskReader::seconds),
            fields.optionalText("commit_message", text -> text))
        .withAgent(fields.optionalText("agent", text -> text))
        .withRoute(fields.optionalText("route", Routes::named))
        .withContinues(fields.optional("continues", TaskReader::reference));
  }

  /** A task's id, or the address of a change request. */
  private static String reference(JsonNode node) {
    String text = Json.id(node).strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must be a task's id or a change request's address");
    }
    return text;
  }

  private static Duration seconds(JsonNode node) {
    BigDecimal seconds = node.isNumber() ? node.decimalValue() : BigDecimal.ZERO;
    if (seconds.signum() <= 0 || seconds.compareTo(LONGEST_SECONDS) > 0) {
      throw new IllegalArgumentException("must be a number of seconds above 0, up to a year");
    }
    return Duration.ofMillis(seconds.movePointRight(3).longValue());
  }
}
