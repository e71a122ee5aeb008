package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/**
 * What a process has printed so far. {@link ByteArrayOutputStream} is safe for use by several
 * threads.
 */
final class Transcript implements OutputSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public void write(byte[] buffer, int offset, int length) {
    bytes.write(buffer, offset, length);
  }

  String text() {
    return bytes.toString(UTF_8);
  }

  /** Waits until it ends with {@code text}, and says whether it did within {@code limit}. */
  boolean awaitText(String text, Duration limit) throws InterruptedException {
    var deadline = Deadline.in(limit);
    while (!text().endsWith(text) && !deadline.passed()) {
      Deadline.pause();
    }
    return text().endsWith(text);
  }
}
