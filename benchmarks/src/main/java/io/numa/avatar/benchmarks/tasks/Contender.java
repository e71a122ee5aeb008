package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.util.List;

/** Carries out tasks on one repository, and may keep files from task to task. */
interface Contender extends AutoCloseable {
  /** Carries one task out; fails unless its commit was pushed. */
  Sample carryOut(Assignment task) throws IOException, InterruptedException;

  /** Carries tasks out, two at a time, and returns the total time in nanoseconds. */
  long carryOutInPairs(List<Assignment> tasks) throws IOException, InterruptedException;

  @Override
  void close() throws IOException, InterruptedException;
}
