package io.numa.avatar.git.internal.attributes;

import java.io.IOException;
import java.io.OutputStream;

/** Converts line ends: LF to CR LF, or CR LF to LF. Other CRs stay. */
final class LineEndStream extends OutputStream {
  private final OutputStream out;
  private final boolean toCrLf;

  /** A CR that was received; if CR LF becomes LF, it is not written yet. */
  private boolean afterCr;

  private LineEndStream(OutputStream out, boolean toCrLf) {
    this.out = out;
    this.toCrLf = toCrLf;
  }

  static OutputStream toCrLf(OutputStream out) {
    return new LineEndStream(out, true);
  }

  static OutputStream toLf(OutputStream out) {
    return new LineEndStream(out, false);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n' && toCrLf && !afterCr) {
        out.write(bytes, start, i - start);
        out.write('\r');
        start = i;
      }
      if (!toCrLf && bytes[i] != '\n' && afterCr) {
        out.write('\r');
      }
      if (!toCrLf && bytes[i] == '\r') {
        out.write(bytes, start, i - start);
        start = i + 1;
      }
      afterCr = bytes[i] == '\r';
    }
    out.write(bytes, start, offset + length - start);
  }

  @Override
  public void close() throws IOException {
    if (!toCrLf && afterCr) {
      out.write('\r');
    }
  }
}
