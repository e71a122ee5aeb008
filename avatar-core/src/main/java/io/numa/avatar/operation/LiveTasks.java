package io.numa.avatar.operation;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.agent.AgentReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Knows what the running tasks do now, and tells watchers of it. It keeps a few kilobytes of each
 * task, and no task waits for it. Safe for use by several threads.
 */
public final class LiveTasks implements RunListener {
  /**
   * How much longer than its limit a stage may take. An attempt is interrupted at the limit, and
   * then ends its commands and keeps its change.
   */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final Map<TaskId, Live> tasks = new ConcurrentHashMap<>();
  private final Clock clock;
  private final OperationEvents events;
  private volatile RunSettings settings;

  /**
   * @param settings those with which it began
   */
  private record Live(RunningTask task, OutputEnd output, RunSettings settings) {
    Live with(UnaryOperator<RunningTask> change) {
      return new Live(change.apply(task), output, settings);
    }

    boolean isStuck(Instant now) {
      Instant oldest = now.minus(settings.limits().stage()).minus(GRACE);
      return !task.reporting() && task.stageSince().isBefore(oldest);
    }
  }

  /**
   * @param settings of the tasks that begin from now on
   * @param events gets an event for each change
   */
  public LiveTasks(Clock clock, RunSettings settings, OperationEvents events) {
    this.clock = clock;
    this.settings = settings;
    this.events = events;
  }

  /**
   * Tasks that begin from now on have these settings; running ones keep theirs.
   *
   * @param settings with the same redactor
   */
  public void use(RunSettings settings) {
    this.settings = settings;
  }

  /** The running tasks, the first begun one first. Their {@code number} is 0. */
  List<RunningTask> running() {
    return tasks.values().stream()
        .map(live -> live.task().withNewest(live.output().newestLine()))
        .sorted(Comparator.comparing(RunningTask::startedAt))
        .toList();
  }

  /** A running task; its {@code number} is 0. */
  Optional<RunningTask> find(TaskId task) {
    return Optional.ofNullable(tasks.get(task))
        .map(live -> live.task().withNewest(live.output().newestLine()));
  }

  /** How many bytes a file may have that the task changes; zero if the task does not run. */
  long largestFile(TaskId task) {
    Live live = tasks.get(task);
    return live == null ? 0 : live.settings().guard().maxFileSize();
  }

  /** A sentence for each task whose stage should have ended by now. */
  List<String> stuck() {
    Instant now = clock.instant();
    return tasks.values().stream()
        .filter(live -> live.isStuck(now))
        .map(Live::task)
        .map(
            task ->
                "task "
                    + task.task()
                    + " has been in stage '"
                    + task.stage().word()
                    + "' since "
                    + task.stageSince())
        .sorted()
        .toList();
  }

  @Override
  public void began(Task task, Attempt attempt) {
    Instant now = clock.instant();
    var running =
        new RunningTask(
            task.id(),
            shown(task.title()),
            shown(task.branch().value()),
            attempt.id(),
            0,
            false,
            Stage.FETCH,
            now,
            now,
            Optional.empty(),
            Optional.empty());
    tasks.put(task.id(), new Live(running, new OutputEnd(), settings));
    events.publish(new OperationEvent.Began(task.id(), running.title(), now));
  }

  private String shown(String text) {
    return Redacted.of(text, settings.redactor()).line().toString();
  }

  @Override
  public void entered(TaskId task, Stage stage) {
    Instant now = clock.instant();
    change(task, running -> running.withStage(stage, now));
    events.publish(new OperationEvent.Entered(task, stage, now));
  }

  @Override
  public void printed(TaskId task, String text) {
    Live live = tasks.get(task);
    if (live != null) {
      live.output().add(text);
    }
    events.publish(new OperationEvent.Printed(task));
  }

  @Override
  public void worked(TaskId task, AgentReport report, String newest) {
    change(task, running -> running.withAgent(report));
    events.publish(new OperationEvent.Worked(task));
  }

  @Override
  public void reporting(TaskId task, TaskOutcome outcome) {
    change(task, RunningTask::afterWork);
    events.publish(new OperationEvent.Reporting(task, OutcomeWord.of(outcome), clock.instant()));
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    tasks.remove(task);
    events.publish(new OperationEvent.Ended(task, OutcomeWord.of(outcome), clock.instant()));
  }

  private void change(TaskId task, UnaryOperator<RunningTask> change) {
    tasks.computeIfPresent(task, (id, live) -> live.with(change));
  }
}
