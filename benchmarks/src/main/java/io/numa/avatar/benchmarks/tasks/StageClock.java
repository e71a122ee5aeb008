package io.numa.avatar.benchmarks.tasks;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.run.RunListener;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Notes when tasks enter their stages, and when their pushes are acknowledged. */
final class StageClock implements RunListener {
  /** The first log line of a task after the remote has acknowledged its commit. */
  private static final String PUSHED = "[push] pushed to ";

  private final Map<TaskId, Laps> running = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  StageClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Runs on the attempt's thread before the push; its time is not counted. */
  interface BeforePush {
    void run();
  }

  /** Starts the clock of a task, in its first stage. */
  void start(TaskId task, BeforePush beforePush) {
    running.put(task, new Laps(nanoTime, beforePush));
  }

  /** Stops the clock, and returns the time of each stage, up to the acknowledged push. */
  Map<String, Long> stop(TaskId task) {
    Laps laps = laps(task);
    running.remove(task);
    return laps.stages();
  }

  @Override
  public void entered(TaskId task, Stage stage) {
    laps(task).enter(stage);
  }

  @Override
  public void printed(TaskId task, String text) {
    if (text.contains(PUSHED)) {
      laps(task).finish();
    }
  }

  private Laps laps(TaskId task) {
    return requireNonNull(running.get(task), "a task whose time was never started");
  }

  /** The times of one task. Only the attempt's thread uses them. */
  private static final class Laps {
    private final Map<String, Long> stages = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private final BeforePush beforePush;
    private String current = Stage.FETCH.word();
    private long since;

    Laps(LongSupplier nanoTime, BeforePush beforePush) {
      this.nanoTime = nanoTime;
      this.beforePush = beforePush;
      this.since = nanoTime.getAsLong();
    }

    void enter(Stage stage) {
      finish();
      current = stage.word();
      if (stage == Stage.PUSH) {
        beforePush.run();
        since = nanoTime.getAsLong();
      }
    }

    void finish() {
      long now = nanoTime.getAsLong();
      if (!current.isEmpty()) {
        stages.merge(current, now - since, Long::sum);
      }
      current = "";
      since = now;
    }

    Map<String, Long> stages() {
      return stages;
    }
  }
}
