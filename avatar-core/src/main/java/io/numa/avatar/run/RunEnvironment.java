package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.test.BaselineCache;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one avatar share.
 *
 * @param timer for moments at which an attempt is to be interrupted, and nothing that takes long
 * @param refusal why the backend took no more reports, where it did that last
 */
record RunEnvironment(
    Ports ports,
    RunSettings settings,
    RunListener listener,
    TimeSource time,
    BranchLocks branchLocks,
    BaselineCache baselineCache,
    ScheduledExecutorService timer,
    AtomicReference<@Nullable UnauthorizedException> refusal) {

  Clock clock() {
    return time.clock();
  }

  Journal journal() {
    return ports.journal();
  }

  /** The folder that belongs to an attempt alone. */
  Path home(Attempt attempt) {
    return settings
        .workspace()
        .toAbsolutePath()
        .resolve(attempt.task().fileName())
        .resolve(attempt.id().toString());
  }

  Path logFile(Attempt attempt) {
    return settings.logs().resolve(attempt.task().fileName()).resolve(attempt.id() + ".log");
  }
}
