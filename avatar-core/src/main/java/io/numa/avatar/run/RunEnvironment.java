package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.branch.BranchLocks;
import io.numa.avatar.run.history.PatchFile;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.run.report.BatchSize;
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
    AtomicReference<@Nullable UnauthorizedException> refusal) {

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

  Path logFile(Attempt attempt) {
    return files().log(attempt.task(), attempt.id());
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
