package io.numa.avatar.benchmarks.sandbox;

import java.io.IOException;

/** One of the ways of doing the same work that are compared. */
interface Side extends AutoCloseable {
  /** Does the work once, and tells how long that took. */
  long nanos() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
