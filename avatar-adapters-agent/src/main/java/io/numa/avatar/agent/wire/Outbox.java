package io.numa.avatar.agent.wire;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes to a process's input on a separate thread, so that a process that does not read blocks
 * nothing else. Safe for use by several threads.
 */
public final class Outbox {
  private static final int MAX_MESSAGES = 256;

  /** How long a caller waits for a process that does not read. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Stands for the end of the input. */
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> messages = new ArrayBlockingQueue<>(MAX_MESSAGES);
  private volatile boolean ended;

  /** Writes the messages to {@code input}, and closes it after the last one. */
  public Runnable writing(OutputStream input) {
    return () -> {
      try (input) {
        for (byte[] next = messages.take(); next != END; next = messages.take()) {
          input.write(next);
          if (messages.isEmpty()) {
            input.flush();
          }
        }
      } catch (IOException | InterruptedException e) {
        // The process has ended, or is to be ended: it reads nothing more.
      } finally {
        ended = true;
      }
    };
  }

  /**
   * Adds a message to write.
   *
   * @return whether it will be written; not if the process reads nothing, or has ended
   */
  public boolean send(byte[] message) {
    if (ended) {
      return false;
    }
    try {
      return messages.offer(message, PATIENCE.toNanos(), NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Closes the process's input after the messages so far. */
  public void close() {
    boolean ignored = send(END);
  }
}
