package io.numa.avatar.process;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Copies one stream of a process's output to a sink, on a separate thread, because a read from a
 * pipe can be neither interrupted nor limited in time. Needs the memory of one buffer only.
 */
final class OutputPump implements Runnable {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** How long to keep reading from a process that could not be ended and still prints. */
  private static final Duration FINISH_LIMIT = Duration.ofSeconds(10);

  private final InputStream output;
  private final OutputSink sink;
  private final Runnable kill;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Lock gate = new ReentrantLock();

  /** Is incremented when the sink is called and when it returns, so it is odd during a call. */
  private final AtomicLong steps = new AtomicLong();

  private final AtomicLong lastOutput = new AtomicLong(TimeSource.SYSTEM.nanoTime());

  // The gate guards both.
  private boolean open = true;
  private @Nullable Throwable sinkFailure;

  /**
   * @param kill ends the process when the sink has failed or takes no more output
   */
  OutputPump(InputStream output, OutputSink sink, Runnable kill) {
    this.output = output;
    this.sink = sink;
    this.kill = kill;
  }

  /** How long the process has printed nothing; zero while the sink handles output. */
  Duration silence() {
    return inSink(steps.get()) ? Duration.ZERO : TimeSource.SYSTEM.since(lastOutput.get());
  }

  /** Measures the silence from now on. */
  void listen() {
    lastOutput.set(TimeSource.SYSTEM.nanoTime());
  }

  /** Waits until the sink has all output, {@code limit} at most. */
  void awaitEnd(Duration limit) throws InterruptedException {
    var ignored = ended.await(NANOSECONDS.convert(limit), NANOSECONDS);
  }

  /**
   * Gives the remaining output to the sink, and nothing later. Waits while there is more, and for
   * {@code patience} when there is none. An interruption stays pending.
   */
  void finish(Duration patience) {
    var limit = Deadline.in(FINISH_LIMIT);
    boolean interrupted = false;
    boolean moving = true;
    while (moving && !limit.passed()) {
      long before = steps.get();
      try {
        awaitEnd(patience);
        moving = ended.getCount() > 0 && (inSink(before) || steps.get() != before);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    closeOutput();
    closeGate();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Rethrows what the sink threw, if it did. Call it after the pump has finished. */
  void throwSinkFailure() {
    gate.lock();
    try {
      if (sinkFailure instanceof Error error) {
        throw error;
      }
      if (sinkFailure instanceof RuntimeException exception) {
        throw exception;
      }
    } finally {
      gate.unlock();
    }
  }

  /** Gives the sink some text besides the process's own output, unless the pump has finished. */
  void add(byte[] text) {
    boolean ignored = give(text, text.length);
  }

  private static boolean inSink(long step) {
    return step % 2 == 1;
  }

  private void closeGate() {
    gate.lock();
    try {
      open = false;
    } finally {
      gate.unlock();
    }
  }

  /**
   * Closes the stream, so that reading stops at the next byte if a process that was not found still
   * prints.
   */
  private void closeOutput() {
    try {
      output.close();
    } catch (IOException e) {
      // The stream was only read, so nothing is lost.
      return;
    }
  }

  @Override
  public void run() {
    // When a process ends, the JDK reads what is left in the pipe into memory, under the stream's
    // monitor, as long as there is more (JDK 17, ProcessImpl.ProcessPipeInputStream).
    // A remaining child process could fill the heap that way, so this thread holds the monitor
    // until the copy is complete. If the process ends before this thread has the monitor, the
    // JDK reads first, and only the beginning of its children's output is seen. In a PID
    // namespace this cannot happen, as the first process lives long enough.
    synchronized (output) {
      try {
        copy();
      } catch (IOException e) {
        // The stream was closed: there is nothing more to read.
        return;
      } finally {
        ended.countDown();
      }
    }
  }

  private void copy() throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    int length = output.read(buffer);
    while (length >= 0 && give(buffer, length)) {
      length = output.read(buffer);
    }
    if (length >= 0) {
      kill.run();
    }
  }

  private boolean give(byte[] buffer, int length) {
    gate.lock();
    try {
      if (open) {
        steps.incrementAndGet();
        sink.write(buffer, 0, length);
        lastOutput.set(TimeSource.SYSTEM.nanoTime());
        steps.incrementAndGet();
      }
      return open;
    } catch (RuntimeException | Error e) {
      sinkFailure = e;
      return false;
    } finally {
      gate.unlock();
    }
  }
}
