package io.numa.avatar.cli.console;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** Prints events as lines on a terminal, and below them a live line for each running task. */
public final class LiveView implements View {
  private static final long REDRAW_MILLIS = 200;

  private final Terminal terminal;
  private final Display display;
  private final Clock clock;
  private final PlainView lines;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TaskId, LiveLine> running = new LinkedHashMap<>();
  private final ScheduledFuture<?> redrawing;
  private final ScheduledExecutorService ticker = Timers.daemon("avatar-live-view");

  /**
   * @param terminal the view closes it
   */
  public LiveView(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.display = new Display(terminal, false);
    this.clock = clock;
    this.lines = new PlainView(new PrintWriter(terminal.writer()), clock);
    this.redrawing =
        ticker.scheduleAtFixedRate(
            () -> locked(this::draw), REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void say(String line) {
    above(() -> lines.say(line));
  }

  @Override
  public void began(Task task, Attempt attempt) {
    above(
        () -> {
          lines.began(task, attempt);
          running.put(task.id(), new LiveLine(task, clock.instant()));
        });
  }

  @Override
  public void entered(TaskId task, Stage stage) {
    locked(() -> running.computeIfPresent(task, (id, line) -> line.at(stage)));
  }

  @Override
  public void transferred(TaskId task, TransferProgress progress) {
    locked(() -> running.computeIfPresent(task, (id, line) -> line.with(progress)));
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    above(
        () -> {
          running.remove(task);
          lines.ended(task, outcome);
        });
  }

  /** Prints something above the live lines. */
  private void above(Runnable print) {
    locked(
        () -> {
          display.update(List.of(), 0);
          print.run();
          display.reset();
          draw();
        });
  }

  private void draw() {
    int width = Math.max(terminal.getWidth(), 20);
    display.resize(Math.max(terminal.getHeight(), 5), width);
    List<AttributedString> text =
        running.values().stream()
            .map(line -> new AttributedString(line.text(clock.instant())))
            .map(line -> line.columnSubSequence(0, width - 1))
            .toList();
    display.update(text, -1);
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    redrawing.cancel(false);
    ticker.shutdown();
    locked(() -> display.update(List.of(), 0));
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not give the terminal back", e);
    }
  }
}
