package io.numa.avatar.worker;

/** The state of a worker; it only moves forwards. */
public enum WorkerState {
  NEW,
  /** Takes tasks. */
  RUNNING,
  /** Takes no more tasks; the running ones continue. */
  DRAINING,
  /** Has ended; none of its threads runs. */
  STOPPED
}
