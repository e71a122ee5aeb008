package io.numa.avatar.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/** Keeps what a process has printed. Safe for use by several threads. */
final class ReceivedOutput implements OutputSink {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public synchronized void write(byte[] buffer, int offset, int length) {
    bytes.write(buffer, offset, length);
    notifyAll();
  }

  synchronized String text() {
    return bytes.toString(UTF_8);
  }

  /** Waits until the text is the expected one. */
  synchronized void await(String expected) throws InterruptedException {
    long start = TimeSource.SYSTEM.nanoTime();
    long left = LIMIT.toMillis();
    while (!text().equals(expected) && left > 0) {
      wait(left);
      left = LIMIT.minus(TimeSource.SYSTEM.since(start)).toMillis();
    }
    assertThat(text()).isEqualTo(expected);
  }
}
