package io.numa.avatar.egress.internal.wire;

import java.nio.ByteBuffer;

/** Follows the body of a request, to know where it ends. */
public sealed interface RequestBody permits FixedBody, ChunkedBody {
  /** The bytes that belong to the body. What follows the body is dropped. */
  ByteBuffer pass(ByteBuffer received) throws MalformedException;
}
