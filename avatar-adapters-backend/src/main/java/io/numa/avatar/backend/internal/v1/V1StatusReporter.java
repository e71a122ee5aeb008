package io.numa.avatar.backend.internal.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.CallKind;
import io.numa.avatar.backend.internal.call.Write;
import io.numa.avatar.backend.internal.read.ExplainedDescription;
import io.numa.avatar.backend.internal.read.TaskReader;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.Json;
import io.numa.avatar.operation.advice.Advice;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the state of a task, when an attempt begins and when it ends. The backend keeps nothing
 * else of an attempt: no details, no logs, no claim and no lease.
 *
 * <p>A write replaces title and description, so each one sends back what was read just before it.
 * An edit between the two is lost, which the backend cannot prevent.
 */
final class V1StatusReporter implements StatusReporter {
  private static final Logger log = LoggerFactory.getLogger(V1StatusReporter.class);

  private static final int MAX_WORD = 64;
  private static final int MAX_EXPLANATION = 1_000;

  private final BackendClient client;
  private final V1Calls calls;
  private final BackendSettings settings;
  private final TaskReader reader;
  private final LastSeen lastSeen;

  V1StatusReporter(
      BackendClient client,
      V1Calls calls,
      BackendSettings settings,
      TaskReader reader,
      LastSeen lastSeen) {
    this.client = client;
    this.calls = calls;
    this.settings = settings;
    this.reader = reader;
    this.lastSeen = lastSeen;
  }

  /**
   * Reports the first and the last status. Those between have the same word, and a person may have
   * written another one meanwhile, which stays.
   */
  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    if (update.sequence() == 1 && update.state() == TaskState.IN_PROGRESS) {
      claim(attempt, update);
    } else if (update.finishedAt().isPresent()) {
      end(attempt, update);
    }
    return Optional.empty();
  }

  /** Does nothing, as there is no lease. */
  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count) {
    return Optional.empty();
  }

  /** Does nothing, as the backend keeps no logs. */
  @Override
  public void append(Attempt attempt, LogChunk chunk) {}

  private void claim(Attempt attempt, StatusUpdate update) throws InterruptedException {
    Optional<String> kept = change(attempt, update, CallKind.CLAIM);
    if (kept.isPresent()) {
      throw new PortException(
          FailureKind.UNAVAILABLE,
          "could not report the status of task " + attempt.task() + ": " + kept.get());
    }
  }

  private void end(Attempt attempt, StatusUpdate update) throws InterruptedException {
    change(attempt, update, CallKind.STATUS)
        .ifPresent(kept -> log.error("The status of task {} is wrong: {}", attempt.task(), kept));
  }

  /** Returns what is wrong if the backend has answered with another word than was written. */
  private Optional<String> change(Attempt attempt, StatusUpdate update, CallKind call)
      throws InterruptedException {
    return client
        .change(calls.task(attempt.task()), task -> write(attempt, update, call, task))
        .flatMap(HttpAnswer::json)
        .map(task -> task.path("status").asText(""))
        .filter(word -> !word.isEmpty() && !word.equals(word(update)))
        .map(
            word ->
                "the backend took '"
                    + word(update)
                    + "' and has '"
                    + Redacted.of(word, settings.redactor()).line().shortened(MAX_WORD)
                    + "'; check status.words");
  }

  private Optional<Write> write(
      Attempt attempt, StatusUpdate update, CallKind call, JsonNode task) {
    if (call == CallKind.CLAIM) {
      requireReady(attempt, task);
      // If the answer is lost, the next try finds the task begun by this one.
      lastSeen.saw(attempt.task(), false);
    }
    String key = attempt.id() + ":status:" + update.sequence();
    return changed(attempt.task(), task, update)
        .map(body -> calls.status(call, attempt.task(), key, body));
  }

  /** Refuses to begin a task that another avatar or a person has changed since it was looked up. */
  private void requireReady(Attempt attempt, JsonNode task) {
    TaskState state = reader.state(task);
    boolean repeated = state == TaskState.IN_PROGRESS && !lastSeen.asReady(attempt.task());
    if (state != TaskState.TODO && !repeated) {
      throw new TaskTakenException(
          "could not begin task " + attempt.task() + ": its status is " + state + " by now");
    }
  }

  /** The task with the word of the update; empty if it has the word already. */
  private Optional<JsonNode> changed(TaskId id, JsonNode task, StatusUpdate update) {
    if (task.path("status").asText("").equals(word(update))) {
      return Optional.empty();
    }
    ObjectNode body =
        Json.object()
            .put("title", task.path("title").asText(""))
            .put("description", description(task, update))
            .put("status", word(update));
    if (TaskReader.hasInvalidBranch(task)) {
      body.put("code_branch", BranchName.of(id).value());
    }
    return Optional.of(body);
  }

  private String description(JsonNode task, StatusUpdate update) {
    String description = task.path("description").asText("");
    return settings.dialect().explains() && update.finishedAt().isPresent()
        ? ExplainedDescription.with(description, update.failure().map(this::explanation))
        : description;
  }

  private String explanation(Failure failure) {
    String text =
        settings.avatar()
            + " failed at the stage "
            + failure.stage().word()
            + " ("
            + failure.kind().word()
            + ", "
            + Advice.of(failure.kind()).page()
            + "): "
            + failure.message();
    return Redacted.of(text, settings.redactor()).shortened(MAX_EXPLANATION).toString();
  }

  private String word(StatusUpdate update) {
    return settings.words().word(update.state());
  }
}
