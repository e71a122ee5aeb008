package io.numa.avatar.cli.command;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.ProcessEnd;
import io.numa.avatar.worker.AvatarWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/**
 * Stops a worker by signals: the first drains it, the second interrupts it, the third kills. SIGHUP
 * stops it only if its terminal is gone; otherwise it reloads the configuration.
 */
final class StopSignals {
  private static final Path CONTROLLING_TERMINAL = Path.of("/dev/tty");

  private final AvatarWorker worker;
  private final Supplier<Duration> drain;
  private final Consumer<String> say;
  private final Runnable stopping;
  private final Runnable reload;
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger first = new AtomicInteger();

  /**
   * @param drain tells how long running tasks may go on after the first signal
   * @param stopping is run once, after the first signal
   * @param reload is run by a SIGHUP that does not stop the worker
   */
  StopSignals(
      AvatarWorker worker,
      Supplier<Duration> drain,
      Consumer<String> say,
      Runnable stopping,
      Runnable reload) {
    this.worker = worker;
    this.drain = drain;
    this.say = say;
    this.stopping = stopping;
    this.reload = reload;
  }

  void listen() {
    boolean atTerminal = hasTerminal();
    Signals.register("HUP", () -> hangUp(atTerminal));
    Signals.register("INT", () -> receive("INT"));
    Signals.register("TERM", () -> receive("TERM"));
  }

  private void hangUp(boolean wasAtTerminal) {
    if (wasAtTerminal && !hasTerminal()) {
      // The kernel and the shell both send it, so the second one asks for nothing more.
      if (received.compareAndSet(0, 1)) {
        drain(number("HUP"));
      }
    } else {
      reload.run();
    }
  }

  /** A process has that file only as long as it has a terminal. */
  private static boolean hasTerminal() {
    try (var terminal = Files.newByteChannel(CONTROLLING_TERMINAL)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** 128 plus the number of the first signal; 0 if no signal came. */
  int exitCode() {
    return first.get() == 0 ? ExitCode.SUCCESS : 128 + first.get();
  }

  private void receive(String signal) {
    switch (received.incrementAndGet()) {
      case 1 -> drain(number(signal));
      case 2 -> {
        say.accept("stopping: running tasks are interrupted; once more ends at once");
        worker.interrupt();
      }
      default -> Runtime.getRuntime().halt(128 + number(signal));
    }
  }

  private static int number(String signal) {
    return requireNonNull(ProcessEnd.SIGNALS.get(signal));
  }

  private void drain(int number) {
    first.set(number);
    say.accept("stopping: running tasks may end; once more interrupts them");
    worker.drain();
    new Thread(this::interruptAfterDrain, "avatar-drain").start();
    stopping.run();
  }

  private void interruptAfterDrain() {
    try {
      if (!worker.awaitStop(drain.get())) {
        say.accept("stopping: the time to end is over (shutdown.drain); interrupting");
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
