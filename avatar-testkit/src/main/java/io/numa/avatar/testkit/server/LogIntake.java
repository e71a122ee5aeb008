package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Assembles the log of one attempt from pieces that may arrive more than once. */
final class LogIntake {
  /** How many bytes of the end are kept, to compare them with repeated text. */
  private static final int TAIL = 256 << 10;

  private final MessageDigest digest = sha256();
  private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
  private final boolean keepsText;
  private byte[] tail = {};
  private long end;

  /**
   * @param keepsText whether to keep {@link #text}; without it, memory is bounded
   */
  LogIntake(boolean keepsText) {
    this.keepsText = keepsText;
  }

  /** Whether text is missing before {@code offset}. */
  boolean hasGapBefore(long offset) {
    return offset > end;
  }

  /** Whether {@code piece} differs from earlier text at the same offsets. */
  boolean contradicts(long offset, byte[] piece) {
    long from = Math.max(offset, end - tail.length);
    long to = Math.min(offset + piece.length, end);
    if (from >= to) {
      return false;
    }
    int start = (int) (from - (end - tail.length));
    int pieceStart = (int) (from - offset);
    int length = (int) (to - from);
    return !Arrays.equals(tail, start, start + length, piece, pieceStart, pieceStart + length);
  }

  /** Adds the new part of {@code piece}, and returns it; ignores a gap before it. */
  byte[] take(long offset, byte[] piece) {
    int known = (int) Math.max(0, Math.min(end - offset, piece.length));
    byte[] fresh = Arrays.copyOfRange(piece, known, piece.length);
    digest.update(fresh);
    if (keepsText) {
      whole.writeBytes(fresh);
    }
    keepTail(fresh);
    end = Math.max(end, offset + piece.length);
    return fresh;
  }

  private void keepTail(byte[] fresh) {
    int old = Math.min(tail.length, Math.max(0, TAIL - fresh.length));
    int added = Math.min(TAIL, fresh.length);
    byte[] next = Arrays.copyOfRange(tail, tail.length - old, tail.length + added);
    System.arraycopy(fresh, fresh.length - added, next, old, added);
    tail = next;
  }

  AttemptLog summary(String attempt) {
    try {
      byte[] hash = ((MessageDigest) digest.clone()).digest();
      return new AttemptLog(attempt, end, HexFormat.of().formatHex(hash));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  String text() {
    if (!keepsText) {
      throw new IllegalStateException("only lengths and digests of logs are kept");
    }
    return whole.toString(UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
