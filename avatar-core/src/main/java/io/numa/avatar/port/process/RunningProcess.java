package io.numa.avatar.port.process;

import java.io.OutputStream;
import java.time.Duration;

/** A started process. Safe for use by several threads. */
public interface RunningProcess {
  /**
   * Its standard input. The caller must flush it. A write blocks until the process reads, and fails
   * after the process has ended; closing tells the process that there is no more input.
   */
  OutputStream input();

  /** Waits for the process, and says whether it ended within {@code limit}. */
  boolean awaitExit(Duration limit) throws InterruptedException;

  /**
   * Its exit code, 128 + n if signal n ended it.
   *
   * @throws IllegalStateException if it has not ended
   */
  int exitCode();

  /**
   * The processor time of the process and of all processes that it started, in steps of some
   * milliseconds. While one of them works, two calls give different values; the later value is
   * smaller where a process was lost that another had started. Zero where the system does not tell
   * it. Reads all processes of the machine, so call it every few seconds at most. Waits while
   * another thread is in {@link #end}.
   */
  Duration processorTime();

  /**
   * Stops the process and all that it started, and returns when all stand still, after some ten
   * milliseconds. Ends them if some cannot be stopped within seconds. Their input may be written
   * meanwhile, and {@link #end} works as usual. Does nothing on systems other than Linux. An
   * interrupt stays pending.
   */
  Suspension suspend();

  /** The time in which a process and all that it started stand still. */
  interface Suspension {
    /** Lets them go on. */
    void resume();
  }

  /**
   * Ends the process and all that it started: asks them to end, waits for {@code grace} at most,
   * and kills them. Then hands the remaining output to the sinks, and nothing later. A thread that
   * writes to the input fails with an {@code IOException}. The exit code is known then. An
   * interrupt shortens the grace, and stays pending. Later calls do nothing.
   */
  void end(Duration grace);
}
