package io.numa.avatar.run;

import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The task that the backend returned.
 *
 * @param task the task; empty if a field of it is missing or not valid
 * @param problem why it is not carried out: the errors in it, or else its state
 * @param announcedAt when the backend made the message about it, if that is known
 * @param former attempts that may have pushed and could not report it, of other avatars, too; empty
 *     where no queue tells of them
 */
record FetchedTask(
    TaskState state,
    Optional<Task> task,
    String problem,
    Optional<Instant> announcedAt,
    List<AttemptId> former) {
  static FetchedTask of(Task task) {
    String problem = "its status is " + task.state() + ", not TODO";
    return new FetchedTask(task.state(), Optional.of(task), problem, Optional.empty(), List.of());
  }

  static FetchedTask of(InvalidTaskException invalid) {
    return new FetchedTask(
        invalid.state(), Optional.empty(), invalid.getMessage(), Optional.empty(), List.of());
  }

  /** What the task is, to show it later; empty if it cannot be read. */
  Optional<TaskDescription> description(Redactor redactor) {
    return task.map(
        given ->
            new TaskDescription(
                Redacted.of(given.title(), redactor).line().toString(),
                Redacted.of(given.branch().value(), redactor).toString(),
                Redacted.of(given.application().value(), redactor).toString(),
                new StepText(redactor).plan(given.plan()),
                announcedAt));
  }

  FetchedTask announcedAt(Optional<Instant> time) {
    return new FetchedTask(state, task, problem, time, former);
  }

  FetchedTask after(List<AttemptId> attempts) {
    return new FetchedTask(state, task, problem, announcedAt, attempts);
  }
}
