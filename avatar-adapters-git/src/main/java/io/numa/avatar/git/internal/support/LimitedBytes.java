package io.numa.avatar.git.internal.support;

import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;

/**
 * Collects bytes up to a limit: a few compressed bytes may expand to more than the memory holds.
 */
public final class LimitedBytes extends ByteArrayOutputStream {
  private final int limit;
  private final Supplier<? extends RuntimeException> excess;

  public LimitedBytes(int limit, Supplier<? extends RuntimeException> excess) {
    this.limit = limit;
    this.excess = excess;
  }

  @Override
  public synchronized void write(int value) {
    require(1);
    super.write(value);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    require(length);
    super.write(bytes, offset, length);
  }

  private void require(int more) {
    if (more > limit - size()) {
      throw excess.get();
    }
  }
}
