package io.numa.avatar.telemetry;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a trace of each attempt, and a span of each stage. A trace ends when the work is over; the
 * reports may take as long as an outage of the backend. Safe for use by several threads.
 */
final class AttemptSpans implements RunListener {
  /** More attempts than an avatar can run at a time; an attempt beyond them ends the oldest one. */
  static final int MOST = 1_000;

  private static final String LEFT = "unfinished";

  private final Tracer tracer;
  private final SpanText text;
  private final Map<TaskId, OpenAttempt> open = new LinkedHashMap<>();

  AttemptSpans(Tracer tracer, SpanText text) {
    this.tracer = tracer;
    this.text = text;
  }

  @Override
  public synchronized void began(Task task, Attempt attempt) {
    leave(task.id());
    if (open.size() == MOST) {
      leave(open.keySet().iterator().next());
    }
    open.put(task.id(), OpenAttempt.begin(tracer, text, task.id(), attempt.id()));
  }

  private void leave(TaskId task) {
    Optional.ofNullable(open.remove(task)).ifPresent(attempt -> attempt.end(LEFT));
  }

  @Override
  public synchronized void entered(TaskId task, Stage stage) {
    Optional.ofNullable(open.get(task)).ifPresent(attempt -> attempt.enter(stage));
  }

  @Override
  public synchronized void reporting(TaskId task, TaskOutcome outcome) {
    Optional.ofNullable(open.remove(task)).ifPresent(attempt -> attempt.end(outcome));
  }

  /** Only an attempt that a later one continues has not told its outcome before. */
  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    reporting(task, outcome);
  }

  /** The parent of what an attempt begins now; empty if no such attempt runs. */
  synchronized Optional<Context> now(AttemptId id) {
    return open.values().stream()
        .filter(attempt -> attempt.is(id))
        .map(OpenAttempt::now)
        .findFirst();
  }

  /** Ends the traces of all attempts that run. */
  synchronized void leaveAll() {
    open.values().forEach(attempt -> attempt.end(LEFT));
    open.clear();
  }
}
