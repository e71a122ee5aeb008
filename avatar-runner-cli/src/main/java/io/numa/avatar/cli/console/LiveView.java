package io.numa.avatar.cli.console;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.time.Timers;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/**
 * Prints events as lines on a terminal, and below them live lines for each running task. Draws when
 * something changes, and once a second for the elapsed times; an idle view does nothing.
 */
public final class LiveView implements View {
  private static final long REDRAW_MILLIS = 1000;

  /** Transfers and agents report many times a second. */
  private static final long BUSY_MILLIS = 200;

  /**
   * The beginning of the first live line, which is the same place after the terminal is resized.
   */
  private static final int CURSOR = 0;

  private final Terminal terminal;
  private final Display display;
  private final Clock clock;
  private final PlainView lines;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TaskId, LiveLine> running = new LinkedHashMap<>();
  private final ScheduledExecutorService timer = Timers.daemon("avatar-live-view");
  private Optional<ScheduledFuture<?>> nextDraw = Optional.empty();
  private Instant lastDraw = Instant.MIN;
  private int width;

  /**
   * @param terminal the view closes it
   */
  public LiveView(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.display = new Display(terminal, false);
    this.clock = clock;
    this.lines = new PlainView(new PrintWriter(terminal.writer()), clock);
    measure();
    terminal.handle(Signal.WINCH, signal -> locked(this::resized));
  }

  @Override
  public void say(String line) {
    above(() -> lines.say(line));
  }

  @Override
  public void sayJson(String line) {
    above(() -> lines.sayJson(line));
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
    locked(
        () -> {
          running.computeIfPresent(task, (id, line) -> line.at(stage));
          draw();
        });
  }

  @Override
  public void transferred(TaskId task, TransferProgress progress) {
    locked(() -> update(task, line -> line.with(progress)));
  }

  @Override
  public void worked(TaskId task, AgentReport report, String newest) {
    locked(() -> update(task, line -> line.with(report, newest)));
  }

  private void update(TaskId task, UnaryOperator<LiveLine> change) {
    running.computeIfPresent(task, (id, line) -> change.apply(line));
    if (lastDraw.plusMillis(BUSY_MILLIS).isBefore(clock.instant())) {
      draw();
    }
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
    lastDraw = clock.instant();
    List<AttributedString> text =
        running.values().stream()
            .flatMap(line -> line.lines(lastDraw).stream())
            .map(AttributedString::new)
            .map(line -> line.columnSubSequence(0, width - 1))
            .toList();
    display.update(text, CURSOR);
    nextDraw.ifPresent(draw -> draw.cancel(false));
    nextDraw = running.isEmpty() ? Optional.empty() : Optional.of(drawLater());
  }

  private ScheduledFuture<?> drawLater() {
    return timer.schedule(() -> locked(this::draw), REDRAW_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The terminal has wrapped the lines anew; the display counts their rows at the new width. */
  private void resized() {
    measure();
    draw();
  }

  /** Asks the terminal for its size; for that, JLine starts a process. */
  private void measure() {
    try {
      Size size = terminal.getSize();
      width = Math.max(size.getColumns(), 20);
      display.resize(Math.max(size.getRows(), 5), width);
    } catch (IOError e) {
      // A signal to the terminal's processes has ended that one, too: the last size stays.
    }
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
    locked(
        () -> {
          running.clear();
          draw();
        });
    timer.shutdown();
    try {
      terminal.close();
    } catch (IOException | IOError e) {
      // The terminal is gone. It needs no restoring then, and there is no place to say so.
    }
  }
}
