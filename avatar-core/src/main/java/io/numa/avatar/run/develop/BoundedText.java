package io.numa.avatar.run.develop;

import io.numa.avatar.time.TimeSource;
import java.time.Duration;

/**
 * A text that can be searched for a limited time only. Catastrophic backtracking may never end, and
 * Java has no other way to end such a search.
 */
final class BoundedText implements CharSequence {
  private static final int LOOKS_BETWEEN_CHECKS = 1 << 12;

  private final CharSequence text;
  private final long end;
  private int looks;

  BoundedText(CharSequence text, Duration limit) {
    this(text, TimeSource.SYSTEM.nanoTime() + limit.toNanos());
  }

  private BoundedText(CharSequence text, long end) {
    this.text = text;
    this.end = end;
  }

  /** Thrown to the search when its time is over. */
  static final class TakesTooLong extends RuntimeException {}

  @Override
  public char charAt(int index) {
    looks++;
    if (looks % LOOKS_BETWEEN_CHECKS == 0 && TimeSource.SYSTEM.nanoTime() - end > 0) {
      throw new TakesTooLong();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int stop) {
    return new BoundedText(text.subSequence(start, stop), end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
