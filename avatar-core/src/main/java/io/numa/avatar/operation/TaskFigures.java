package io.numa.avatar.operation;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts tasks and measures how long they and their stages take, since the start of the process.
 * Safe for use by several threads.
 */
public final class TaskFigures implements RunListener {
  private final TimeSource time;
  private final Map<TaskId, Running> running = new HashMap<>();
  private final Map<Ending, Sum> endings = new HashMap<>();
  private final Map<Stage, Sum> stages = new EnumMap<>(Stage.class);

  public TaskFigures(TimeSource time) {
    this.time = time;
  }

  /**
   * How attempts ended.
   *
   * @param kind what stopped them; empty if nothing did
   */
  public record Ending(OutcomeWord outcome, Optional<FailureKind> kind) {}

  /** How many there were, and how long they took together. */
  public record Sum(long count, Duration total) {
    private static final Sum NONE = new Sum(0, Duration.ZERO);

    private Sum plus(Duration one) {
      return new Sum(count + 1, total.plus(one));
    }
  }

  private record Running(long begun, Optional<Stage> stage, long entered) {}

  /** How attempts have ended so far. */
  public synchronized Set<Ending> endings() {
    return Set.copyOf(endings.keySet());
  }

  /** The stages that have ended so far. */
  public synchronized Set<Stage> stages() {
    return Set.copyOf(stages.keySet());
  }

  /** The attempts that ended so. */
  public synchronized Sum of(Ending ending) {
    return endings.getOrDefault(ending, Sum.NONE);
  }

  /** How often the stage has ended. */
  public synchronized Sum of(Stage stage) {
    return stages.getOrDefault(stage, Sum.NONE);
  }

  @Override
  public synchronized void began(Task task, Attempt attempt) {
    running.computeIfAbsent(task.id(), id -> begin());
  }

  @Override
  public synchronized void entered(TaskId task, Stage stage) {
    Running before = running.getOrDefault(task, begin());
    endStage(before);
    running.put(task, new Running(before.begun(), Optional.of(stage), time.nanoTime()));
  }

  @Override
  public synchronized void ended(TaskId task, TaskOutcome outcome) {
    Running ended = Optional.ofNullable(running.remove(task)).orElseGet(this::begin);
    endStage(ended);
    if (!(outcome instanceof TaskOutcome.NotOurs)) {
      endings.merge(
          new Ending(OutcomeWord.of(outcome), failure(outcome).map(Failure::kind)),
          Sum.NONE.plus(time.since(ended.begun())),
          (sum, one) -> sum.plus(one.total()));
    }
  }

  private Running begin() {
    return new Running(time.nanoTime(), Optional.empty(), time.nanoTime());
  }

  private void endStage(Running task) {
    task.stage()
        .ifPresent(
            stage ->
                stages.merge(
                    stage,
                    Sum.NONE.plus(time.since(task.entered())),
                    (sum, one) -> sum.plus(one.total())));
  }

  private static Optional<Failure> failure(TaskOutcome outcome) {
    if (outcome instanceof TaskOutcome.Failed failed) {
      return Optional.of(failed.failure());
    }
    return outcome instanceof TaskOutcome.Unavailable away
        ? Optional.of(away.failure())
        : Optional.empty();
  }
}
