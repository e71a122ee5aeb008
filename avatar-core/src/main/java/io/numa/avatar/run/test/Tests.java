package io.numa.avatar.run.test;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.run.command.Commands;
import io.numa.avatar.run.test.report.ReportFiles;
import io.numa.avatar.run.test.report.TestReports;
import io.numa.avatar.run.test.report.TestResults;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Runs a project's tests in a folder, and reads their reports. */
public record Tests(Commands commands, Clock clock, Duration timeout, ReportFiles.Lister lister) {
  /** The result of a run. */
  public record Result(int exitCode, TestResults results, Duration duration) {}

  /**
   * Runs the tests to their end.
   *
   * @param awaited names of the tests to report if they pass
   * @throws StageFailedException of kind {@code TIMEOUT} if they exceed their time limit or the
   *     task's
   */
  public Result run(CommandLine command, Path root, Set<String> awaited)
      throws StageFailedException, InterruptedException {
    Instant start = clock.instant();
    var reports = TestReports.before(start, root, lister);
    int exitCode = commands.run(Stage.TEST, command, root, Map.of(), timeout);
    return new Result(
        exitCode,
        reports.read(awaited, commands.redactor()),
        Duration.between(start, clock.instant()));
  }
}
