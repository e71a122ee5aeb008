package io.numa.avatar.backend.internal.v1;

import io.numa.avatar.task.TaskId;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which tasks were ready when they were last looked up. A claim that then finds the task begun
 * knows that another avatar was faster, as far as a backend without claims can tell. Safe for use
 * by several threads.
 */
final class LastSeen {
  private static final int MAX_REMEMBERED = 10_000;

  private final Set<TaskId> ready = new LinkedHashSet<>();

  synchronized void saw(TaskId task, boolean isReady) {
    ready.remove(task);
    if (isReady) {
      ready.add(task);
    }
    if (ready.size() > MAX_REMEMBERED) {
      ready.remove(ready.iterator().next());
    }
  }

  synchronized boolean asReady(TaskId task) {
    return ready.contains(task);
  }
}
