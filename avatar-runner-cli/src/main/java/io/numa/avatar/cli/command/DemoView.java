package io.numa.avatar.cli.command;

import io.numa.avatar.cli.console.LogView;
import io.numa.avatar.cli.console.Paint;
import io.numa.avatar.cli.console.TaskLog;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;

/** Tells the demo in four parts: the red test, the change, the green test, the commit. */
final class DemoView implements View {
  private final Terminals terminals;
  private final Paint paint;
  private final LogView lines;
  private final TaskLog log;

  DemoView(Terminals terminals) {
    this.terminals = terminals;
    this.paint = new Paint(terminals.colours());
    this.lines = new LogView(terminals.out());
    this.log = new TaskLog(terminals.out(), paint, this::coloured);
  }

  private String coloured(String line) {
    if (line.startsWith("ok ")) {
      return paint.green(line);
    }
    return line.startsWith("FAILED ") ? paint.red(line) : line;
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
      head("Red: the project's test shows the bug");
    } else if (stage == Stage.TEST) {
      head("Green: the same test passes");
    }
  }

  @Override
  public void developed(TaskId task, StagedChange change) {
    head("Change");
    ExecView.print(change, terminals);
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    log.end();
    if (outcome instanceof TaskOutcome.Delivered delivered) {
      delivered.work().tests().map(TestSummary::of).map(paint::green).ifPresent(this::println);
    } else {
      say(OutcomeText.of(outcome));
    }
  }

  private void println(String text) {
    terminals.out().println(text);
    terminals.out().flush();
  }
}
