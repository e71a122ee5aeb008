package io.numa.avatar.cli.command;

import io.numa.avatar.cli.console.DiffPrinter;
import io.numa.avatar.cli.console.LogView;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.run.OutcomeText;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.TestSummary;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A task carried out before somebody's eyes: its log, its diff, its tests, its end. */
final class ExecView implements View {
  private final Terminals terminals;
  private final Delivery delivery;
  private final LogView log;

  ExecView(Terminals terminals, Delivery delivery) {
    this.terminals = terminals;
    this.delivery = delivery;
    this.log = new LogView(terminals.out());
  }

  @Override
  public void say(String line) {
    log.say(line);
  }

  @Override
  public void printed(TaskId task, String text) {
    log.printed(task, text);
  }

  @Override
  public void developed(TaskId task, WorkingCopy copy) {
    say("");
    try (var diff = new DiffPrinter(terminals.out(), terminals.colours())) {
      copy.diff(diff);
    } catch (IOException e) {
      throw new UncheckedIOException("could not print the diff: " + e.getMessage(), e);
    }
    say("");
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    say("");
    tests(outcome).map(TestSummary::of).ifPresent(this::say);
    say(OutcomeText.of(outcome));
    if (outcome instanceof TaskOutcome.Delivered && delivery == Delivery.KEEP) {
      say("nothing was pushed; --push does that");
    }
  }

  private static Optional<TestReport> tests(TaskOutcome outcome) {
    return outcome instanceof TaskOutcome.Delivered delivered
        ? delivered.work().tests()
        : Optional.empty();
  }

  @Override
  public void close() {
    log.close();
  }
}
