package io.numa.avatar.cli.command;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * Lets a signal stop the work of one thread, so that it can tidy up. The second signal ends the
 * process at once.
 */
final class Interruption implements AutoCloseable {
  private final Thread worker;
  private final Consumer<String> say;
  private final AtomicInteger received = new AtomicInteger();
  private final Map<String, Object> before = new HashMap<>();

  private Interruption(Thread worker, Consumer<String> say) {
    this.worker = worker;
    this.say = say;
  }

  /** Listens until it is closed. Interrupts the calling thread. */
  static Interruption listen(Consumer<String> say) {
    var interruption = new Interruption(Thread.currentThread(), say);
    ProcessEnd.SIGNALS.forEach(
        (name, number) ->
            interruption.before.put(
                name, Signals.register(name, () -> interruption.receive(number))));
    return interruption;
  }

  private void receive(int number) {
    if (received.compareAndSet(0, number)) {
      say.accept("stopping; once more ends at once");
      worker.interrupt();
    } else {
      Runtime.getRuntime().halt(128 + number);
    }
  }

  /** 128 plus the signal's number; {@code otherwise} if no signal came. */
  int exitCode(int otherwise) {
    return received.get() == 0 ? otherwise : 128 + received.get();
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
