package io.numa.avatar.worker;

/** The life of a worker, from left to right, never back. */
public enum WorkerState {
  NEW,
  /** Takes tasks. */
  RUNNING,
  /** Takes no more tasks; the running ones go on. */
  DRAINING,
  /** Has ended; nothing of it runs. */
  STOPPED
}
