package io.numa.avatar.server.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.BackendContact;
import io.numa.avatar.operation.Health;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.Reloading;
import io.numa.avatar.operation.RunningTask;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskResult;
import io.numa.avatar.run.guard.DiskSpace;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes JSON documents of what an operator sees. Times are ISO 8601 in UTC, durations are seconds,
 * sizes are bytes, and a value that is not known is left out.
 */
public final class Documents {
  private Documents() {}

  /** What the avatar does now, and what it waits for. */
  public static ObjectNode status(AvatarStatus status) {
    ObjectNode document = object();
    addAvatar(document.putObject("avatar"), status.avatar());
    document.put("state", status.state().word());
    putTime(document, "started_at", status.startedAt());
    document.put("concurrency", status.concurrency());
    ArrayNode running = document.putArray("running");
    status.running().forEach(task -> running.add(running(task)));
    document.put("waiting", status.waiting());
    addReasons(document.putArray("why"), status.why());
    addBackend(document.putObject("backend"), status.backend());
    ArrayNode disks = document.putArray("disks");
    status.disks().forEach(disk -> disks.add(disk(disk)));
    document
        .putObject("reports")
        .put("statuses", status.reports().statuses())
        .put("log_bytes", status.reports().logBytes())
        .put("tasks", status.reports().tasks());
    return document;
  }

  private static void addAvatar(ObjectNode target, AvatarStatus.Identity avatar) {
    target.put("id", avatar.id()).put("topic", avatar.topic()).put("version", avatar.version());
    avatar.backend().ifPresent(address -> target.put("backend", address));
    target.put("sandbox", avatar.sandbox());
    avatar.agents().forEach(target.putArray("agents")::add);
  }

  private static ObjectNode running(RunningTask task) {
    ObjectNode document =
        object()
            .put("task", task.task().value())
            .put("title", task.title())
            .put("branch", task.branch())
            .put("attempt", task.attempt().toString())
            .put("number", task.number())
            .put("reporting", task.reporting())
            .put("stage", task.stage().word())
            .put("started_at", task.startedAt().toString())
            .put("stage_since", task.stageSince().toString());
    task.newest().ifPresent(line -> document.put("newest", line));
    task.agent().ifPresent(agent -> document.set("agent", WorkDocument.agent(agent)));
    return document;
  }

  private static void addBackend(ObjectNode target, BackendContact backend) {
    putTime(target, "last_contact", backend.last());
    putTime(target, "away_since", backend.awaySince());
    backend.problem().ifPresent(text -> target.put("problem", text));
    putTime(target, "off_until", backend.offUntil());
    target.put("failed_polls", backend.failedPolls());
  }

  private static ObjectNode disk(DiskSpace disk) {
    return object()
        .put("folder", disk.folder().toString())
        .put("free", disk.free())
        .put("total", disk.total())
        .put("floor", disk.floor());
  }

  /** Why it takes no task at present, and what it does as a whole. */
  public static ObjectNode why(AvatarStatus status) {
    ObjectNode document = object().put("state", status.state().word());
    addReasons(document.putArray("why"), status.why());
    return document;
  }

  private static void addReasons(ArrayNode target, List<Waiting> reasons) {
    for (Waiting reason : reasons) {
      ObjectNode document =
          target.addObject().put("kind", reason.kind().word()).put("text", reason.text());
      putTime(document, "since", reason.since());
      putTime(document, "until", reason.until());
    }
  }

  /** Whether it lives and is ready. */
  public static ObjectNode health(Health health) {
    ObjectNode document = object().put("lives", health.lives()).put("ready", health.ready());
    health.stuck().forEach(document.putArray("stuck")::add);
    addReasons(document.putArray("unready"), health.unready());
    return document;
  }

  /** A part of a list of tasks. */
  public static ObjectNode tasks(TaskPage page) {
    ObjectNode document = object();
    ArrayNode tasks = document.putArray("tasks");
    page.tasks().forEach(line -> addLine(tasks.addObject(), line));
    page.next().ifPresent(next -> document.put("next", next));
    return document;
  }

  private static void addLine(ObjectNode target, TaskLine line) {
    target.put("task", line.task().value());
    line.title().ifPresent(title -> target.put("title", title));
    line.branch().ifPresent(branch -> target.put("branch", branch));
    target.put("outcome", line.outcome().word());
    putTime(target, "started_at", line.startedAt());
    putTime(target, "ended_at", line.endedAt());
    target.put("attempt_count", line.attempts());
    line.result().ifPresent(result -> target.set("result", result(result)));
  }

  private static ObjectNode result(TaskResult result) {
    ObjectNode document =
        object().put("stage", result.stage().word()).put("message", result.message());
    result.failure().map(FailureKind::word).ifPresent(kind -> document.put("failure", kind));
    result.verdict().ifPresent(verdict -> document.put("tests", verdict.word()));
    result.tests().ifPresent(counts -> WorkDocument.addCounts(document, counts));
    result.cost().ifPresent(cost -> document.put("cost", cost));
    return document;
  }

  /** The whole story of a task. */
  public static ObjectNode task(TaskStory story) {
    ObjectNode document = object();
    addLine(document, story.line());
    story.description().ifPresent(description -> addDescription(document, description));
    story.running().ifPresent(task -> document.set("running", running(task)));
    ArrayNode attempts = document.putArray("attempts");
    story.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
    return document;
  }

  private static void addDescription(ObjectNode target, TaskDescription description) {
    target.put("application", description.application()).put("plan", description.plan());
    putTime(target, "announced_at", description.announcedAt());
  }

  private static ObjectNode attempt(AttemptStory attempt) {
    AttemptRecord record = attempt.record();
    ObjectNode document =
        object()
            .put("attempt", record.attempt().toString())
            .put("number", record.number())
            .put("outcome", attempt.outcome().word())
            .put("open", record.open());
    record
        .last()
        .ifPresent(
            last -> {
              document
                  .put("stage", last.stage().word())
                  .put("message", last.message())
                  .put("started_at", last.startedAt().toString());
              putTime(document, "ended_at", last.finishedAt());
            });
    putTime(document, "settled_at", record.settledAt());
    addStages(document.putArray("stages"), attempt.stages());
    attempt.failure().ifPresent(failure -> addFailure(document.putObject("failure"), failure));
    record.last().ifPresent(last -> document.set("work", WorkDocument.of(last.work())));
    return document
        .put("log_bytes", attempt.logSize())
        .put("reports_waiting", record.reportsWaiting());
  }

  private static void addStages(ArrayNode target, List<StageTime> stages) {
    for (StageTime stage : stages) {
      target.addObject().put("stage", stage.stage().word()).put("at", stage.at().toString());
    }
  }

  private static void addFailure(ObjectNode target, Failure failure) {
    target
        .put("stage", failure.stage().word())
        .put("kind", failure.kind().word())
        .put("message", failure.message())
        .put("retryable", failure.kind().retryable());
    failure.exitCode().ifPresent(code -> target.put("exit_code", code));
  }

  /** A part of an attempt's log. */
  public static ObjectNode log(LogPart part) {
    return object()
        .put("attempt", part.attempt().toString())
        .put("offset", part.offset())
        .put("next", part.next())
        .put("size", part.size())
        .put("open", part.open())
        .put("text", part.text());
  }

  /** The change of a task, as a Git diff. */
  public static ObjectNode change(TaskId task, String diff) {
    return object().put("task", task.value()).put("diff", diff);
  }

  /** Something that has just happened. */
  public static ObjectNode event(OperationEvent event) {
    return EventDocument.of(event);
  }

  /**
   * The answer to an order that was carried out.
   *
   * @param order such as {@code pause}
   */
  public static ObjectNode done(String order) {
    return object().put("done", order);
  }

  /** What reading the configuration anew has changed. */
  public static ObjectNode reloaded(Reloading.Result result) {
    ObjectNode document = done("reload");
    result.changed().forEach(document.putArray("changed")::add);
    result.restart().forEach(document.putArray("restart")::add);
    return document;
  }

  /** Why a request was not carried out. */
  public static ObjectNode error(Problem problem) {
    return object()
        .put("kind", problem.kind().word())
        .put("text", problem.text())
        .put("remedy", problem.remedy());
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void putTime(ObjectNode target, String field, Optional<Instant> time) {
    time.ifPresent(value -> target.put(field, value.toString()));
  }
}
