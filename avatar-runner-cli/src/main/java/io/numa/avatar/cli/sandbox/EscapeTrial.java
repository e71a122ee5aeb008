package io.numa.avatar.cli.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.sandbox.Finding.Result;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.Guarantee;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tries escape checks in the sandboxes of an arena. */
public final class EscapeTrial {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int MAX_DETAIL = 200;
  private static final RepositoryUrl REPOSITORY =
      RepositoryUrl.parse("https://sandbox-check.invalid/repository.git");

  private final CommandRunner commands;
  private final Arena arena;
  private final Redactor redactor;

  /**
   * @param commands runs the probes in sandboxes
   * @param redactor replaces secrets in what probes say
   */
  public EscapeTrial(CommandRunner commands, Arena arena, Redactor redactor) {
    this.commands = commands;
    this.arena = arena;
    this.redactor = redactor;
  }

  /**
   * Tries a check.
   *
   * @param kind whose sandbox is tried
   * @param report tells what that sandbox promises
   * @throws InterruptedException if the thread was interrupted
   */
  public Finding attempt(EscapeCheck check, WorkKind kind, SandboxReport report)
      throws InterruptedException, IOException {
    boolean promised =
        Guarantee.promisedBy(report.profile()).contains(check.guarantee())
            && !report.lacks().contains(check.guarantee().word());
    var output = new ByteArrayOutputStream();
    Result result = result(check, kind, output);
    List<String> traces = arena.traces();
    String said = brief(output.toString(UTF_8));
    return traces.isEmpty()
        ? new Finding(check, result, promised, result == Result.HELD ? "" : said)
        : new Finding(check, Result.OPEN, promised, String.join(", ", traces));
  }

  private Result result(EscapeCheck check, WorkKind kind, ByteArrayOutputStream output)
      throws InterruptedException, IOException {
    try {
      CommandResult ended =
          commands.run(
              command(check, kind),
              (buffer, offset, length) -> output.write(buffer, offset, length));
      return ended instanceof CommandResult.Exited exited ? of(exited.code()) : Result.UNKNOWN;
    } catch (PortException e) {
      output.writeBytes(e.getMessage().getBytes(UTF_8));
      return Result.UNKNOWN;
    }
  }

  private Command command(EscapeCheck check, WorkKind kind) throws IOException {
    return new Command(
        new CommandLine.Shell(check.script()),
        arena.tree(),
        arena.variables(),
        LIMIT,
        Optional.empty(),
        Optional.of(AttemptId.random()),
        Optional.of(new SandboxSite(kind, REPOSITORY, arena.tree(), Set.of())));
  }

  private static Result of(int exitCode) {
    return switch (exitCode) {
      case EscapeCheck.OPEN -> Result.OPEN;
      case EscapeCheck.HELD -> Result.HELD;
      case EscapeCheck.SKIPPED -> Result.NOT_APPLICABLE;
      default -> Result.UNKNOWN;
    };
  }

  /** The last line. */
  private String brief(String text) {
    return Redacted.of(text, redactor)
        .changed(whole -> whole.strip().replaceAll("(?s).*\\n", ""))
        .shortened(MAX_DETAIL)
        .toString();
  }
}
