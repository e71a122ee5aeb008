package io.numa.avatar.cli.command.common;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/**
 * Lets a signal stop the work of one thread, so that it can tidy up. The second signal ends the
 * process at once.
 */
public final class Interruption implements AutoCloseable {
  private final Thread worker;
  private final Consumer<String> say;
  private final Optional<Runnable> gently;
  private final AtomicInteger received = new AtomicInteger();
  private final Map<String, Object> before = new HashMap<>();

  private Interruption(Thread worker, Consumer<String> say, Optional<Runnable> gently) {
    this.worker = worker;
    this.say = say;
    this.gently = gently;
  }

  /** Listens until it is closed. Interrupts the calling thread. */
  public static Interruption listen(Consumer<String> say) {
    return listen(new Interruption(Thread.currentThread(), say, Optional.empty()));
  }

  /** Listens until it is closed; the first signal runs {@code gently} and interrupts nothing. */
  public static Interruption listen(Consumer<String> say, Runnable gently) {
    return listen(new Interruption(Thread.currentThread(), say, Optional.of(gently)));
  }

  private static Interruption listen(Interruption interruption) {
    ProcessEnd.SIGNALS.forEach(
        (name, number) ->
            interruption.before.put(
                name, Signals.register(name, () -> interruption.receive(number))));
    return interruption;
  }

  private void receive(int number) {
    if (received.compareAndSet(0, number)) {
      say.accept("stopping; once more ends at once");
      gently.ifPresentOrElse(Runnable::run, worker::interrupt);
    } else {
      Runtime.getRuntime().halt(128 + number);
    }
  }

  /** 128 plus the signal's number; {@code otherwise} if no signal came. */
  public int exitCode(int otherwise) {
    return received.get() == 0 ? otherwise : 128 + received.get();
  }

  @Override
  public void close() {
    before.forEach(Signals::unregister);
  }
}
