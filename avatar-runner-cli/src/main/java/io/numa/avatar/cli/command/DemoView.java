package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.LogView;
import io.numa.avatar.cli.console.Paint;
import io.numa.avatar.cli.console.TaskLog;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.text.AgentText;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells the demo in parts: the red test, the change, the green test, the commit. Where a coding
 * agent works, its work, the tests of it, and its repair.
 */
final class DemoView implements View {
  private final Terminals terminals;
  private final Paint paint;
  private final LogView lines;
  private final TaskLog log;
  private final Optional<String> agent;
  private final CountDownLatch end = new CountDownLatch(1);
  private int changes;

  /**
   * @param agent the name of the agent that works
   */
  DemoView(Terminals terminals, Optional<String> agent) {
    this.agent = agent;
    this.terminals = terminals;
    this.paint = new Paint(terminals.colours());
    this.lines = new LogView(terminals.out());
    this.log = new TaskLog(terminals.out(), paint, this::coloured);
  }

  private String coloured(String line) {
    String text = line.strip();
    if (text.startsWith("ok ")) {
      return paint.green(line);
    }
    return text.startsWith("FAILED ") ? paint.red(line) : line;
  }

  /** Begins a part. */
  void head(String text) {
    terminals.out().println();
    terminals.out().println(paint.bold(text));
    terminals.out().flush();
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
  public void entered(TaskId task, Stage stage) {
    if (stage == Stage.DEVELOP) {
      head(
          agent
              .map(
                  name ->
                      changes == 0
                          ? "Agent: " + name + " works in a clone of the repository"
                          : "Repair: " + name + " gets the failing test back")
              .orElse("Red: the project's test shows the bug"));
    } else if (stage == Stage.TEST) {
      head(
          agent
              .map(name -> "Test: the avatar runs the project's test itself")
              .orElse("Green: the same test passes"));
    }
  }

  @Override
  public void developed(TaskId task, StagedChange change) {
    changes++;
    head("Change");
    ExecView.print(change, terminals);
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    log.end();
    if (outcome instanceof TaskOutcome.Delivered delivered) {
      delivered.work().tests().map(TestSummary::of).map(paint::green).ifPresent(this::println);
      delivered.work().agent().map(AgentText::of).ifPresent(this::println);
    } else {
      say(OutcomeText.of(outcome));
    }
    end.countDown();
  }

  /** Waits for at most {@code limit} until the task has ended, and returns whether it has. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return end.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void println(String text) {
    terminals.out().println(text);
    terminals.out().flush();
  }
}
