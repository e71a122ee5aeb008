package io.numa.avatar.run;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.task.Stage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Runs a project's tests in a folder, and reads what they leave there. */
record Tests(Commands commands, Clock clock, Duration timeout, ReportFiles.Lister lister) {
  /** What a run gave. */
  record Result(int exitCode, JUnitReports reports, Duration duration) {}

  /**
   * Runs the tests to their end.
   *
   * @param awaited names of tests that are to be told if they pass
   * @throws StoppedException of kind {@code TIMEOUT} if they outlast their time or the task's
   */
  Result run(CommandLine command, Path root, Set<String> awaited)
      throws StoppedException, InterruptedException {
    Instant start = clock.instant();
    int exitCode = commands.run(Stage.TEST, command, root, Map.of(), timeout);
    var reports = JUnitReports.writtenSince(start, root, lister, awaited);
    return new Result(exitCode, reports, Duration.between(start, clock.instant()));
  }
}
