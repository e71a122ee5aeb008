package io.numa.avatar.cli.command;

import io.numa.avatar.worker.AvatarWorker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/** Stops a worker by signals: the first drains it, the second interrupts it, the third kills. */
final class StopSignals {
  private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15);

  private final AvatarWorker worker;
  private final Duration drain;
  private final Consumer<String> say;
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger first = new AtomicInteger();

  StopSignals(AvatarWorker worker, Duration drain, Consumer<String> say) {
    this.worker = worker;
    this.drain = drain;
    this.say = say;
  }

  void listen() {
    NUMBERS.forEach((name, number) -> Signals.register(name, () -> receive(number)));
  }

  /** 128 plus the number of the first signal; 0 if no signal came. */
  int exitCode() {
    return first.get() == 0 ? ExitCode.SUCCESS : 128 + first.get();
  }

  private void receive(int number) {
    switch (received.incrementAndGet()) {
      case 1 -> {
        first.set(number);
        say.accept("stopping: running tasks may end; once more interrupts them");
        worker.drain();
        new Thread(this::interruptAfterDrain, "avatar-drain").start();
      }
      case 2 -> {
        say.accept("stopping: running tasks are interrupted; once more ends at once");
        worker.interrupt();
      }
      default -> Runtime.getRuntime().halt(128 + number);
    }
  }

  private void interruptAfterDrain() {
    try {
      if (!worker.awaitStop(drain)) {
        say.accept("stopping: the time to end is over (shutdown.drain); interrupting");
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
