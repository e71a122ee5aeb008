package io.numa.avatar.port;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.util.Optional;

/** One attempt at one task, and the lease that the backend granted for it. */
public record Attempt(TaskId task, AttemptId id, Optional<Lease> lease) {
  public static Attempt of(TaskId task) {
    return new Attempt(task, AttemptId.random(), Optional.empty());
  }

  public Attempt withoutLease() {
    return new Attempt(task, id, Optional.empty());
  }

  public Attempt withLease(Lease newLease) {
    return new Attempt(task, id, Optional.of(newLease));
  }
}
