package io.numa.avatar.git.internal.access;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams that count their bytes. */
final class CountedBytes {
  private CountedBytes() {}

  static InputStream received(InputStream in, Metrics metrics) {
    return new Received(in, metrics);
  }

  static OutputStream sent(OutputStream out, Metrics metrics) {
    return new Sent(out, metrics);
  }

  /** Bytes that are told of together, as streams are read and written in small pieces, too. */
  private static final class Tally {
    private static final int PORTION = 1 << 16;

    private final Metrics metrics;
    private final String direction;
    private int untold;

    Tally(Metrics metrics, String direction) {
      this.metrics = metrics;
      this.direction = direction;
    }

    void add(int bytes) {
      untold += bytes;
      if (untold >= PORTION) {
        tell();
      }
    }

    void tell() {
      if (untold > 0) {
        metrics.add(Metric.GIT_BYTES, untold, direction);
        untold = 0;
      }
    }
  }

  private static final class Received extends FilterInputStream {
    private final Tally tally;

    Received(InputStream in, Metrics metrics) {
      super(in);
      this.tally = new Tally(metrics, "received");
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? one : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(count);
      return count;
    }

    private void count(int bytes) {
      if (bytes < 0) {
        tally.tell();
      } else {
        tally.add(bytes);
      }
    }

    @Override
    public void close() throws IOException {
      tally.tell();
      super.close();
    }
  }

  private static final class Sent extends FilterOutputStream {
    private final Tally tally;

    Sent(OutputStream out, Metrics metrics) {
      super(out);
      this.tally = new Tally(metrics, "sent");
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      tally.add(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      tally.add(length);
    }

    @Override
    public void flush() throws IOException {
      tally.tell();
      super.flush();
    }

    @Override
    public void close() throws IOException {
      tally.tell();
      super.close();
    }
  }
}
