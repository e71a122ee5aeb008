package io.numa.avatar.run;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.agent.Steering;
import io.numa.avatar.run.branch.BranchLocks;
import io.numa.avatar.run.history.PatchFile;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.report.BatchSize;
import io.numa.avatar.run.report.Cancellation;
import io.numa.avatar.run.report.LeaseKeeper;
import io.numa.avatar.run.report.RunningWork;
import io.numa.avatar.run.test.BaselineCache;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The objects that all runs of one avatar share.
 *
 * @param timer interrupts attempts at set times; runs no action that takes long
 * @param work what the operator can stop
 * @param steering what people tell coding agents
 * @param refusal why the backend last refused reports; empty if it did not
 */
record RunEnvironment(
    Ports ports,
    RunSettings settings,
    RunListener listener,
    TimeSource time,
    BranchLocks branchLocks,
    BaselineCache baselineCache,
    BatchSize batchSize,
    ScheduledExecutorService timer,
    RunningWork work,
    Steering steering,
    AtomicReference<@Nullable UnauthorizedException> refusal) {

  RunEnvironment with(RunSettings other) {
    return new RunEnvironment(
        ports,
        other,
        listener,
        time,
        branchLocks,
        baselineCache,
        batchSize,
        timer,
        work,
        steering,
        refusal);
  }

  Clock clock() {
    return time.clock();
  }

  Journal journal() {
    return ports.journal();
  }

  /** The attempt's private folder. */
  Path home(Attempt attempt) {
    return files().home(attempt.task(), attempt.id());
  }

  /** Opens the log of an attempt, of which the backend has {@code acknowledged} bytes. */
  RunLog openLog(Attempt attempt, long acknowledged) {
    return RunLog.open(
        files().log(attempt.task(), attempt.id()),
        acknowledged,
        settings.limits().log(),
        settings.redactor(),
        clock(),
        printed -> printed(attempt.task(), printed));
  }

  private void printed(TaskId task, String text) {
    ports.metrics().add(Metric.LOG_BYTES, (double) LogChunk.length(text), "written");
    listener.printed(task, text);
  }

  LeaseKeeper leaseKeeper(Attempt attempt) {
    return new LeaseKeeper(attempt, new Cancellation(timer), timer, time);
  }

  /**
   * Lets the operator stop the work at a task from now on.
   *
   * @return whether to begin it; not if the operator has cancelled the task before
   */
  boolean beginWork(TaskId task, Cancellation cancellation) {
    work.begin(task, cancellation);
    boolean cancelled = journal().isCancelled(task);
    if (cancelled) {
      work.stop(task);
    }
    return !cancelled;
  }

  /** Where the change of an attempt is kept that was not delivered. */
  PatchFile patch(Attempt attempt) {
    return files().patch(attempt.task(), attempt.id());
  }

  /** Removes the folder of a task's working copies if none is left. */
  void tidyHomes(TaskId task) {
    files().tidyHomes(task);
  }

  TaskFiles files() {
    return new TaskFiles(settings.logs(), settings.workspace().toAbsolutePath());
  }
}
