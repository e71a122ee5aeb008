package io.numa.avatar.port.process;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;

/** Starts processes that read and write while they run. Safe for use by several threads. */
public interface Processes {
  /**
   * Starts a process, which takes some milliseconds. The caller must end it, also after it has
   * exited by itself, as processes that it left may still run.
   *
   * <p>A sink that throws is not called again, and the process is killed.
   *
   * @param output receives its standard output as it arrives, on another thread, one call at a time
   * @param errors receives its standard error in the same way
   * @throws PortException of kind {@code COMMAND_FAILED} if there is no such program or it cannot
   *     be started; {@code DENIED} if this system cannot hide paths, or not one of those to hide
   */
  RunningProcess start(ProcessRequest request, OutputSink output, OutputSink errors);

  /** Whether this system can hide paths from a process. */
  boolean canHide();
}
