package io.numa.avatar.cli.console;

import io.numa.avatar.task.TaskId;
import java.io.PrintWriter;

/**
 * Prints the logs of tasks as they grow, with their colours, for a person who watches. A log has
 * nothing else that a terminal obeys.
 */
public final class LogView implements View {
  private final PrintWriter out;

  public LogView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void say(String line) {
    out.println(Harmless.text(line));
    out.flush();
  }

  @Override
  public void printed(TaskId task, String text) {
    out.print(text);
    out.flush();
  }
}
