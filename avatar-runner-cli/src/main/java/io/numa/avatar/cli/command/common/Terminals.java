package io.numa.avatar.cli.command.common;

import io.numa.avatar.cli.console.JsonView;
import io.numa.avatar.cli.console.LiveView;
import io.numa.avatar.cli.console.LogView;
import io.numa.avatar.cli.console.PlainView;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Help.Ansi;

/**
 * The program's standard streams and environment.
 *
 * @param interactive whether a person sits at a terminal
 * @param environment the process's own
 */
public record Terminals(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    boolean interactive,
    Map<String, String> environment) {
  private static final int USUAL_WIDTH = 80;

  public Terminals {
    environment = Map.copyOf(environment);
  }

  /** Leaves out the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "Terminals[" + (interactive ? "interactive" : "not interactive") + "]";
  }

  /** Uses colours if the terminal supports them and {@code NO_COLOR} is not set. */
  public Ansi colours() {
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return interactive && wanted ? Ansi.ON : Ansi.OFF;
  }

  /**
   * The cells of a line of the terminal, or {@code Integer.MAX_VALUE} if a program reads the
   * output.
   */
  public int width() {
    if (!interactive) {
      return Integer.MAX_VALUE;
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      int columns = terminal.getSize().getColumns();
      return columns > 0 ? columns : USUAL_WIDTH;
    } catch (IOException e) {
      return USUAL_WIDTH;
    }
  }

  /** Opens the view of running tasks that fits the options and the terminal. */
  public View openView(boolean json, boolean verbose) {
    Clock clock = TimeSource.SYSTEM.clock();
    if (json) {
      return new JsonView(out, clock);
    }
    if (verbose) {
      return new LogView(out);
    }
    return interactive ? openLive(clock) : new PlainView(out, clock);
  }

  /** Opens the live view; on a terminal that refuses it, the plain one. */
  private View openLive(Clock clock) {
    try {
      return new LiveView(TerminalBuilder.builder().system(true).dumb(true).build(), clock);
    } catch (IOException e) {
      return new PlainView(out, clock);
    }
  }
}
