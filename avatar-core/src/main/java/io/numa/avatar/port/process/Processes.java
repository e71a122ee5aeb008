package io.numa.avatar.port.process;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;

/** Starts processes that read and write while they run. Safe for use by several threads. */
public interface Processes {
  /**
   * Starts a process, which takes some milliseconds.
   *
   * @param output receives its standard output as it arrives, on another thread, one call at a time
   * @param errors receives its standard error in the same way
   * @throws PortException of kind {@code COMMAND_FAILED} if there is no such program or it cannot
   *     be started; {@code DENIED} if paths are to be hidden and this system cannot hide them
   */
  RunningProcess start(ProcessRequest request, OutputSink output, OutputSink errors);

  /** Whether this system can hide paths from a process. */
  boolean canHide();
}
