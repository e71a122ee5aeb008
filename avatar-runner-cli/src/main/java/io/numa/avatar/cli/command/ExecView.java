package io.numa.avatar.cli.command;

import io.numa.avatar.cli.console.DiffPrinter;
import io.numa.avatar.cli.console.LogView;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Shows one task on the terminal: its log, its diff, its test report and its outcome. */
final class ExecView implements View {
  private static final Tests TESTS = new Tests();

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
  public void developed(TaskId task, StagedChange change) {
    say("");
    try (var diff = new DiffPrinter(terminals.out(), terminals.colours())) {
      change.diff(diff);
    } catch (IOException e) {
      throw new UncheckedIOException("could not print the diff: " + e.getMessage(), e);
    }
    say("");
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    say("");
    Optional<TestReport> tests = outcome.fold(TESTS);
    tests.map(TestSummary::of).ifPresent(this::say);
    say(end(outcome));
  }

  private String end(TaskOutcome outcome) {
    if (outcome instanceof TaskOutcome.Delivered) {
      return switch (delivery) {
        case PUSH -> OutcomeText.of(outcome);
        case KEEP -> OutcomeText.of(outcome) + "\nnothing was pushed; --push does that";
        case SHOW -> "dry run: not tested, not committed, not pushed";
      };
    }
    // The message of failed tests is their summary, which is printed above already.
    return outcome instanceof TaskOutcome.Failed failed
            && failed.failure().kind() == FailureKind.TESTS_FAILED
        ? "failed at test: the tests failed"
        : OutcomeText.of(outcome);
  }

  /** The test report of an outcome; empty if no tests have run. */
  private static final class Tests implements TaskOutcome.Cases<Optional<TestReport>> {
    @Override
    public Optional<TestReport> delivered(TaskOutcome.Delivered outcome) {
      return outcome.work().tests();
    }

    @Override
    public Optional<TestReport> failed(TaskOutcome.Failed outcome) {
      return outcome.work().tests();
    }

    @Override
    public Optional<TestReport> unavailable(TaskOutcome.Unavailable outcome) {
      return outcome.work().tests();
    }

    @Override
    public Optional<TestReport> cancelled(TaskOutcome.Cancelled outcome) {
      return outcome.work().tests();
    }

    @Override
    public Optional<TestReport> notOurs(TaskOutcome.NotOurs outcome) {
      return Optional.empty();
    }
  }
}
