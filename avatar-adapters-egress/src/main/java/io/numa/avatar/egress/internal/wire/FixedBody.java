package io.numa.avatar.egress.internal.wire;

import java.nio.ByteBuffer;

/** A body of as many bytes as the request has told. */
final class FixedBody implements RequestBody {
  private long left;

  FixedBody(long length) {
    this.left = length;
  }

  @Override
  public ByteBuffer pass(ByteBuffer received) {
    int length = (int) Math.min(left, received.remaining());
    left -= length;
    return received.slice(received.position(), length);
  }
}
