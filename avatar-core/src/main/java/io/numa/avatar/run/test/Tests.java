package io.numa.avatar.run.test;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.Command;
import io.numa.avatar.run.command.Commands;
import io.numa.avatar.run.test.report.ReportFiles;
import io.numa.avatar.run.test.report.TestOutput;
import io.numa.avatar.run.test.report.TestReports;
import io.numa.avatar.run.test.report.TestResults;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a project's tests in a folder, and reads their reports. */
public record Tests(Commands commands, Clock clock, Duration timeout, ReportFiles.Lister lister) {
  /**
   * The result of a run.
   *
   * @param lastLines of the command's output, without blank ones
   */
  public record Result(
      int exitCode, TestResults results, Duration duration, List<String> lastLines) {}

  /** Runs the tests to their end; nothing else reads their output. */
  public Result run(CommandLine command, Path root, Set<String> awaited)
      throws StageFailedException, InterruptedException {
    return run(command, root, awaited, new OutputExcerpt());
  }

  /**
   * Runs the tests to their end.
   *
   * @param awaited names of the tests to report if they pass
   * @param excerpt receives the output
   * @throws StageFailedException of kind {@code TIMEOUT} if they exceed their time limit or the
   *     task's
   */
  public Result run(CommandLine command, Path root, Set<String> awaited, OutputExcerpt excerpt)
      throws StageFailedException, InterruptedException {
    Instant start = clock.instant();
    var reports = TestReports.before(start, root, lister);
    var output = new TestOutput(awaited, commands.redactor());
    var tests = new Command(command, root, Map.of(), timeout);
    int exitCode = commands.run(Stage.TEST, tests, output.andThen(excerpt));
    TestResults printed = output.end();
    TestResults reported = reports.read(awaited, commands.redactor());
    return new Result(
        exitCode,
        reported.isEmpty() ? printed : reported,
        Duration.between(start, clock.instant()),
        output.lastLines());
  }
}
