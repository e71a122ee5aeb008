package io.numa.avatar.time;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that is made when it is first asked for. What cannot be made is made at the next call; so
 * is what was made while the thread was interrupted, as it may have found out less. Safe for use by
 * several threads: one makes the value, and the others wait for it.
 */
public final class Lazily<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private Optional<T> made = Optional.empty();

  /**
   * @param maker may throw, and never gives null
   */
  public Lazily(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (made.isPresent()) {
      return made.get();
    }
    T value = maker.get();
    if (!Thread.currentThread().isInterrupted()) {
      made = Optional.of(value);
    }
    return value;
  }
}
