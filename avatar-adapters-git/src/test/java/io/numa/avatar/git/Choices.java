package io.numa.avatar.git;

import java.util.List;
import java.util.Random;

/** Random choices, the same ones for the same seed. */
final class Choices {
  private final Random random;

  Choices(long seed) {
    this.random = new Random(seed);
  }

  /** A number from 0 on. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean once(int in) {
    return below(in) == 0;
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[below(values.length)];
  }

  <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
