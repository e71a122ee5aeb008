package io.numa.avatar.port;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A piece of an attempt's log. Each piece begins where the one before ended, without gap or
 * overlap.
 *
 * @param offset of its first byte in the attempt's log, in bytes of UTF-8, from 0
 * @param text whole characters, normally whole lines
 */
public record LogChunk(long offset, String text) {
  /** The offset of the first byte after this chunk. */
  public long end() {
    return offset + text.getBytes(UTF_8).length;
  }
}
