package io.numa.avatar.backend.internal.read;

/** What becomes of a task whose {@code code_branch} Git cannot have. */
public enum BranchRule {
  /** The task is invalid. */
  REFUSE,
  /** The task's branch is {@code dev-} and its id, as for a task that names none. */
  REPLACE
}
