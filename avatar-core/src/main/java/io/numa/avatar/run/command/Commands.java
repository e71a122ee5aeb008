package io.numa.avatar.run.command;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.time.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs the commands of one attempt, within its time and into its log. */
public final class Commands {
  private final CommandRunner runner;
  private final RunLog log;
  private final Deadline deadline;
  private final Duration stall;
  private final AttemptId attempt;
  private final StepText texts;

  public Commands(
      CommandRunner runner, RunLog log, Deadline deadline, Duration stall, AttemptId attempt) {
    this.stall = stall;
    this.attempt = attempt;
    this.runner = runner;
    this.log = log;
    this.deadline = deadline;
    this.texts = new StepText(log.redactor());
  }

  /** Hides the secrets in the commands' output. */
  public Redactor redactor() {
    return log.redactor();
  }

  /**
   * Runs a command and returns its exit code.
   *
   * @throws StageFailedException of kind {@code TIMEOUT} if it exceeds its own time limit or the
   *     task's, or prints nothing for too long
   */
  public int run(
      Stage stage,
      CommandLine line,
      Path directory,
      Map<String, String> environment,
      Duration timeout)
      throws StageFailedException, InterruptedException {
    Duration limit = deadline.limit(timeout);
    log.say(stage, "$ " + texts.script(line));
    CommandResult result;
    try (var output = log.commandOutput()) {
      var command =
          new Command(
              line, directory, environment, limit, Optional.of(stall), Optional.of(attempt));
      result = runner.run(command, output);
    }
    if (result instanceof CommandResult.Exited exited) {
      log.say(
          stage, "exited with " + exited.code() + " after " + Durations.text(exited.duration()));
      return exited.code();
    }
    String excess =
        result instanceof CommandResult.Stalled stalled
            ? "it printed nothing for " + Durations.text(stalled.limit())
            : "it ran longer than " + Durations.text(limit);
    throw new StageFailedException(
        FailureKind.TIMEOUT, "'" + texts.command(line) + "' was ended: " + excess);
  }
}
