package io.numa.avatar.worker;

import io.numa.avatar.followup.WorkDesk;
import io.numa.avatar.task.TaskId;

/** Takes the tasks that the avatar gives itself. Safe for use by several threads. */
final class OwnTasks implements WorkDesk {
  private final Admission admission;
  private final WorkerParts parts;

  OwnTasks(Admission admission, WorkerParts parts) {
    this.admission = admission;
    this.parts = parts;
  }

  @Override
  public boolean hasRoom() {
    return parts.control().running()
        && parts.control().pausedSince().isEmpty()
        && admission.fullness().isEmpty()
        && !parts.inbox().hasNext(parts.watch().clock().instant());
  }

  @Override
  public boolean has(TaskId task) {
    return parts.inbox().has(task) || parts.dispatcher().isBegun(task);
  }

  @Override
  public void offer(TaskId task) {
    if (!has(task)) {
      parts.inbox().offer(task, parts.watch().clock().instant());
    }
  }
}
