package io.numa.avatar.task;

import io.numa.avatar.plan.PlanSource;
import java.util.Optional;

/**
 * A piece of development work, as the backend had it when it was fetched.
 *
 * @param branch the branch of the work; {@code dev-<id>} if the task names none
 * @param base where a new branch starts; if empty, the application or the remote decides
 */
public record Task(
    TaskId id,
    String title,
    TaskState state,
    ApplicationId application,
    BranchName branch,
    Optional<BranchName> base,
    PlanSource plan,
    TaskOptions options) {

  /** A task in state {@code TODO} without a base and without options. */
  public static Task of(
      TaskId id, String title, ApplicationId application, BranchName branch, PlanSource plan) {
    return new Task(
        id, title, TaskState.TODO, application, branch, Optional.empty(), plan, TaskOptions.NONE);
  }

  public Task withTitle(String other) {
    return new Task(id, other, state, application, branch, base, plan, options);
  }

  public Task withState(TaskState other) {
    return new Task(id, title, other, application, branch, base, plan, options);
  }

  public Task withBase(Optional<BranchName> other) {
    return new Task(id, title, state, application, branch, other, plan, options);
  }

  public Task withOptions(TaskOptions other) {
    return new Task(id, title, state, application, branch, base, plan, other);
  }
}
