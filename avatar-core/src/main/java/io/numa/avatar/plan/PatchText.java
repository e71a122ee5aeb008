package io.numa.avatar.plan;

/**
 * A Git diff as bytes, because one diff may contain text in several encodings.
 *
 * @param strip how many leading names of each path to drop, 1 for {@code a/} and {@code b/}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record PatchText(byte[] diff, int strip) {
  public PatchText {
    if (strip < 0) {
      throw new IllegalArgumentException("strip must not be negative: " + strip);
    }
  }
}
