package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several workers on one queue of tasks. */
final class Together {
  private Together() {}

  /** A way to carry out a task. */
  interface Work<W> {
    void carryOut(W worker, Assignment task) throws IOException, InterruptedException;
  }

  /** Lets each worker do one task after the other on its own thread until none is left. */
  static <W> long nanos(List<W> workers, Queue<Assignment> tasks, Work<W> work)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(workers.size());
    try {
      long start = System.nanoTime();
      List<Future<?>> working = new ArrayList<>();
      for (W worker : workers) {
        working.add(
            pool.submit(
                () -> {
                  for (Assignment task = tasks.poll(); task != null; task = tasks.poll()) {
                    work.carryOut(worker, task);
                  }
                  return null;
                }));
      }
      for (Future<?> one : working) {
        one.get();
      }
      return System.nanoTime() - start;
    } catch (ExecutionException e) {
      throw new IOException("a task was not carried out: " + e.getMessage(), e);
    } finally {
      pool.shutdownNow();
    }
  }
}
