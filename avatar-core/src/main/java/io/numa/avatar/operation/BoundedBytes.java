package io.numa.avatar.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps the beginning of what is written to it, and counts the rest. Not thread-safe. */
final class BoundedBytes extends OutputStream {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int limit;
  private long left;

  BoundedBytes(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(int unit) {
    write(new byte[] {(byte) unit}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    int fitting = Math.min(count, limit - kept.size());
    kept.write(bytes, offset, fitting);
    left += count - fitting;
  }

  /** The text without secrets, and a line that says how much is left out behind it. */
  String shown(Redactor redactor) {
    String text = kept.toString(UTF_8);
    return left == 0
        ? Redacted.of(text, redactor).toString()
        : Redacted.ofBeginning(text, redactor) + "\n[" + left + " bytes are left out here]\n";
  }

  boolean isEmpty() {
    return kept.size() == 0;
  }
}
