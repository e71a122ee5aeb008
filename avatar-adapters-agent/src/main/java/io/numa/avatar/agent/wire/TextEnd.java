package io.numa.avatar.agent.wire;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the end of an output, from the begin of a line. Safe for use by several threads. */
public final class TextEnd implements OutputSink {
  private static final int MAX_BYTES = 4 * 1024;
  private static final int MAX_LINES = 5;

  private final Object lock = new Object();
  private byte[] end = new byte[0];
  private boolean cut;

  @Override
  public void write(byte[] buffer, int offset, int length) {
    synchronized (lock) {
      byte[] all = Arrays.copyOf(end, end.length + length);
      System.arraycopy(buffer, offset, all, end.length, length);
      cut |= all.length > MAX_BYTES;
      end = Arrays.copyOfRange(all, Math.max(0, all.length - MAX_BYTES), all.length);
    }
  }

  /** The last lines, without blank ones; empty if there are none. */
  public String lines() {
    var lines = text().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
  }

  private String text() {
    synchronized (lock) {
      String text = new String(end, StandardCharsets.UTF_8);
      return cut ? text.substring(text.indexOf('\n') + 1) : text;
    }
  }
}
