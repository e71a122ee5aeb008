package io.numa.avatar.worker;

import io.numa.avatar.port.UnauthorizedException;

/** What the parts of a worker may ask of its life cycle, and do to it. */
interface WorkerControl {
  /** Whether more tasks are to be taken. */
  boolean running();

  /** Whether the running tasks are to stop, too. */
  boolean interrupted();

  /** Takes no more tasks. */
  void drain();

  /** Stops because the backend refuses this avatar. */
  void refuse(UnauthorizedException reason);
}
