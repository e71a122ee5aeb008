package io.numa.avatar.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lines over a socket. A line that takes too long closes the connection, so that no peer holds a
 * thread. Used by one thread.
 */
final class Lines implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream in;
  private final ScheduledExecutorService watchdog;

  Lines(SocketChannel channel, ScheduledExecutorService watchdog) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel));
    this.watchdog = watchdog;
  }

  /**
   * The next line without its end; empty if the peer has left.
   *
   * @param limit how long it may take
   * @param longest how many bytes it may have
   * @throws IOException if it takes longer, or is longer, or the server has ended
   */
  Optional<String> read(Duration limit, int longest) throws IOException {
    Future<?> end = closeAfter(limit);
    try {
      var line = new ByteArrayOutputStream();
      for (int unit = in.read(); unit != '\n'; unit = in.read()) {
        if (unit < 0) {
          return Optional.empty();
        }
        if (line.size() == longest) {
          throw new IOException("a line has more than " + longest + " bytes");
        }
        line.write(unit);
      }
      return Optional.of(line.toString(UTF_8));
    } finally {
      end.cancel(false);
    }
  }

  /**
   * Writes a line, for which the peer has {@code limit}.
   *
   * @throws IOException if the peer takes longer or has left, or the server has ended
   */
  void write(String line, Duration limit) throws IOException {
    Future<?> end = closeAfter(limit);
    try {
      ByteBuffer bytes = UTF_8.encode(line + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } finally {
      end.cancel(false);
    }
  }

  private Future<?> closeAfter(Duration limit) throws IOException {
    try {
      return watchdog.schedule(this::closeQuietly, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The server ends its watchdog when the last answer is over; the peer may ask once more.
      throw new IOException("the control socket is closed", e);
    }
  }

  private void closeQuietly() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no more use in any case.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
