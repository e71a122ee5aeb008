package io.numa.avatar.run.secret;

import java.util.Arrays;

/** Ranges of a text, in order and not touching each other. Not thread-safe. */
final class Spans {
  private int[] from = new int[16];
  private int[] to = new int[16];
  private int count;

  /**
   * Adds a range that ends after all others. Ranges that it overlaps or touches are merged with it.
   */
  void add(int start, int end) {
    int first = start;
    while (count > 0 && to[count - 1] >= first) {
      count--;
      first = Math.min(first, from[count]);
    }
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
    }
    from[count] = first;
    to[count++] = end;
  }

  /** Removes the first {@code length} bytes of the text. */
  void shift(int length) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (to[i] > length) {
        from[kept] = Math.max(0, from[i] - length);
        to[kept++] = to[i] - length;
      }
    }
    count = kept;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  int from(int index) {
    return from[index];
  }

  int to(int index) {
    return to[index];
  }
}
