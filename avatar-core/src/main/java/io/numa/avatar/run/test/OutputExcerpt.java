package io.numa.avatar.run.test;

import java.util.function.Consumer;

/** The first and the last characters of a command's output. Not thread-safe. */
public final class OutputExcerpt implements Consumer<String> {
  /** How many characters are kept of the beginning, and as many of the end. */
  static final int KEPT = 5_000;

  private final StringBuilder first = new StringBuilder();
  private final StringBuilder last = new StringBuilder();
  private long leftOut;

  /** Takes a piece of the output, which has no secrets. */
  @Override
  public void accept(String text) {
    int room = Math.min(KEPT - first.length(), text.length());
    first.append(text, 0, room);
    last.append(text, room, text.length());
    int excess = last.length() - KEPT;
    if (excess > 0) {
      last.delete(0, excess);
      leftOut += excess;
    }
  }

  /** The output; between its beginning and its end, how many characters are left out. */
  @Override
  public String toString() {
    return leftOut == 0
        ? first.toString() + last
        : first + "\n[" + leftOut + " characters are left out here]\n" + last;
  }
}
