package io.numa.avatar.server.http;

import io.numa.avatar.time.Interrupts;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes in pieces, each of which the client has to take in time; see {@link Patience}. */
final class PatientOutput extends FilterOutputStream {
  private static final int PIECE = 16 * 1024;

  PatientOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    int end = start + length;
    for (int from = start; from < end; from += PIECE) {
      Patience.begin();
      out.write(bytes, from, Math.min(PIECE, end - from));
    }
    Patience.pause();
  }

  @Override
  public void flush() throws IOException {
    Patience.begin();
    out.flush();
    Patience.pause();
  }

  /**
   * Closes the connection in the midst of an answer; the JDK's server would end the answer as if
   * that were all. Java closes a channel that an interrupted thread writes to.
   */
  void breakOff() {
    Thread.currentThread().interrupt();
    try {
      write(0);
      flush();
    } catch (IOException e) {
      // The connection is closed, by this or before.
    } finally {
      Interrupts.take();
    }
  }

  @Override
  public void close() throws IOException {
    Patience.begin();
    out.close();
  }
}
