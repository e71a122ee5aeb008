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
 * Carries one stream of a process's output to a sink, on a thread of its own, as a read from a pipe
 * can be neither interrupted nor timed. Holds one buffer, however much is printed.
 */
final class OutputPump implements Runnable {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** How long a process that could not be ended may keep us by printing on. */
  private static final Duration FINISH_LIMIT = Duration.ofSeconds(10);

  private final InputStream output;
  private final OutputSink sink;
  private final Runnable kill;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Lock gate = new ReentrantLock();

  /** Counts up when the sink is called and when it returns. */
  private final AtomicLong steps = new AtomicLong();

  private final AtomicLong lastOutput = new AtomicLong(TimeSource.SYSTEM.nanoTime());

  // Both under the gate.
  private boolean open = true;
  private @Nullable Throwable sinkFailure;

  /**
   * @param kill ends the process, whose output the sink no longer takes
   */
  OutputPump(InputStream output, OutputSink sink, Runnable kill) {
    this.output = output;
    this.sink = sink;
    this.kill = kill;
  }

  /** How long nothing has been printed; zero while the sink is still busy with what was. */
  Duration silence() {
    return inSink(steps.get()) ? Duration.ZERO : TimeSource.SYSTEM.since(lastOutput.get());
  }

  /** Waits until everything was printed and taken, {@code limit} at most. */
  void awaitEnd(Duration limit) throws InterruptedException {
    var ignored = ended.await(NANOSECONDS.convert(limit), NANOSECONDS);
  }

  /**
   * Gives the sink what is left, and nothing after that. Waits for as long as there is more, and
   * for {@code patience} when there is not. An interruption is kept for later.
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

  /** Throws what the sink threw, if it did. Call it when the pump has finished. */
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

  /** Ends the reading at the next byte, where a process that could not be found still prints. */
  private void closeOutput() {
    try {
      output.close();
    } catch (IOException e) {
      // It was only read from: nothing is lost.
      return;
    }
  }

  @Override
  public void run() {
    // When a process ends, the JDK reads what is left in the pipe into memory, under the stream's
    // monitor, for as long as something is there (JDK 17, ProcessImpl.ProcessPipeInputStream).
    // A child left behind could fill the heap that way, so the monitor is held until we are done.
    // A process that ends before we get here is past that: of what its children print, only the
    // beginning is seen. Where there is a PID namespace, its first process lasts long enough.
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
