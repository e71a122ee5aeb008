package io.numa.avatar.run;

import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskState;
import java.util.Optional;

/**
 * The task that the backend returned.
 *
 * @param task the task; empty if a field of it is missing or not valid
 * @param problem why it is not carried out: the errors in it, or else its state
 */
record FetchedTask(TaskState state, Optional<Task> task, String problem) {
  static FetchedTask of(Task task) {
    String problem = "its status is " + task.state() + ", not TODO";
    return new FetchedTask(task.state(), Optional.of(task), problem);
  }

  static FetchedTask of(InvalidTaskException invalid) {
    return new FetchedTask(invalid.state(), Optional.empty(), invalid.getMessage());
  }
}
