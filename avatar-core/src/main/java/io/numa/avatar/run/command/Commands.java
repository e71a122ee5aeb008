package io.numa.avatar.run.command;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.ExitText;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the commands of one attempt, within its time and into its log. Not thread-safe. */
public final class Commands {
  private final CommandRunner runner;
  private final RunLog log;
  private final CommandLimits limits;
  private final AttemptId attempt;
  private final AttemptSandboxes sandboxes;
  private final StepText texts;
  private Optional<Ready> ready = Optional.empty();

  private record Ready(Command command, CommandRunner.Readiness readiness) {
    boolean serves(Command other) {
      return command.line().equals(other.line())
          && command.directory().equals(other.directory())
          && command.environment().equals(other.environment());
    }
  }

  public Commands(
      CommandRunner runner,
      RunLog log,
      CommandLimits limits,
      AttemptId attempt,
      AttemptSandboxes sandboxes) {
    this.runner = runner;
    this.log = log;
    this.limits = limits;
    this.attempt = attempt;
    this.sandboxes = sandboxes;
    this.texts = new StepText(log.redactor());
  }

  /** Hides the secrets in the commands' output. */
  public Redactor redactor() {
    return log.redactor();
  }

  /**
   * Makes ready what holds the command that will run next, as {@link CommandRunner#prepare} does.
   * The caller must call {@link #dropReady} in every case, and before an agent works: two sandboxes
   * at a time have different caches.
   *
   * @param command as in {@link #run}
   */
  public void makeReady(Stage stage, Command command) {
    dropReady();
    ready =
        sandboxes
            .ofLaterCommand(stage, command.directory())
            .map(
                site -> new Ready(command, runner.prepare(held(command, command.timeout(), site))));
  }

  /** Gives back what was made ready for a command that did not run. */
  public void dropReady() {
    ready.map(Ready::readiness).ifPresent(CommandRunner.Readiness::close);
    ready = Optional.empty();
  }

  private Command held(Command command, Duration limit, SandboxSite site) {
    return new Command(
        command.line(),
        command.directory(),
        command.environment(),
        limit,
        Optional.of(limits.stall()),
        Optional.of(attempt),
        Optional.of(site));
  }

  /**
   * Runs a command and returns its exit code.
   *
   * @param command without the limit of silence, the owner and the site, which are added
   * @param reader receives the command's output, redacted, in pieces of any size
   * @throws StageFailedException of kind {@code TIMEOUT} if it exceeds its own time limit or the
   *     task's, or prints nothing for too long; {@code DENIED} if it exceeds a limit of its sandbox
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if no sandbox holds it as the
   *     operator demands
   */
  public int run(Stage stage, Command command, Consumer<String> reader)
      throws StageFailedException, InterruptedException {
    if (ready.filter(made -> !made.serves(command)).isPresent()) {
      dropReady();
    }
    CommandLine line = command.line();
    Duration limit = limits.deadline().limit(command.timeout());
    SandboxSite site = sandboxes.ofCommand(stage, command.directory());
    log.say(stage, "$ " + texts.script(line));
    CommandResult result;
    try (var output = log.commandOutput(reader)) {
      result = runner.run(held(command, limit, site), output);
    }
    sandboxes.ended();
    if (result instanceof CommandResult.Exited exited) {
      String meaning = ExitText.meaning(exited.code()).map(text -> ": " + text).orElse("");
      String after = " after " + Durations.text(exited.duration());
      log.say(stage, "exited with " + exited.code() + after + meaning);
      return exited.code();
    }
    String ended = "'" + texts.command(line) + "' was ended: ";
    if (result instanceof CommandResult.OverLimit over) {
      throw new StageFailedException(FailureKind.DENIED, ended + over.excess());
    }
    String excess =
        result instanceof CommandResult.Stalled stalled
            ? "it printed nothing for " + Durations.text(stalled.limit())
            : "it ran longer than " + Durations.text(limit);
    throw new StageFailedException(FailureKind.TIMEOUT, ended + excess);
  }
}
