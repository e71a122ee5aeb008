package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.DiffPrinter;
import io.numa.avatar.cli.console.ExecEnding;
import io.numa.avatar.cli.console.LogView;
import io.numa.avatar.cli.console.Paint;
import io.numa.avatar.cli.console.TaskLog;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.port.repository.PatchNotes;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.text.AgentText;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Shows one task on the terminal: its log, its diff, its test report, its agent's work and its
 * outcome.
 */
final class ExecView implements View {
  private final Terminals terminals;
  private final ExecEnding ending;
  private final LogView lines;
  private final TaskLog log;
  private Optional<ExecEnding.Written> patch = Optional.empty();

  ExecView(Terminals terminals, ExecEnding ending) {
    this.terminals = terminals;
    this.ending = ending;
    this.lines = new LogView(terminals.out());
    this.log = new TaskLog(terminals.out(), new Paint(terminals.colours()));
  }

  @Override
  public void say(String line) {
    lines.say(line);
  }

  @Override
  public void printed(TaskId task, String text) {
    log.add(text);
  }

  @Override
  public void developed(TaskId task, StagedChange change) {
    say("");
    print(change, terminals);
    say("");
  }

  static void print(StagedChange change, Terminals terminals) {
    try (var diff = new DiffPrinter(terminals.out(), terminals.colours())) {
      change.diff(diff);
    } catch (IOException e) {
      throw new UncheckedIOException("could not print the diff: " + e.getMessage(), e);
    }
  }

  @Override
  public void patched(Path file, PatchNotes notes) {
    patch = Optional.of(new ExecEnding.Written(file, notes));
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    log.end();
    say("");
    Optional<WorkSummary> work = outcome.summary();
    work.flatMap(WorkSummary::tests).map(TestSummary::of).ifPresent(this::say);
    work.flatMap(WorkSummary::agent).map(AgentText::of).ifPresent(this::say);
    // The ending colours its own words, and its texts are harmless by then.
    PrintWriter out = terminals.out();
    ending.of(outcome, patch).forEach(out::println);
    out.flush();
  }
}
