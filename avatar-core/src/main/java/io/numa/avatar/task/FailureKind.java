package io.numa.avatar.task;

import java.util.Locale;

/** The kind of a failure, by which a program may decide what to do. */
public enum FailureKind {
  /** A field of the task or application is missing or makes no sense. */
  INVALID_TASK(false),
  /** The development plan breaks the rules of its language. */
  INVALID_PLAN(false),
  /** The plan needs a coding agent, and none is configured. */
  NO_AGENT(false),
  /** The task, application, repository or branch does not exist. */
  NOT_FOUND(false),
  /** The backend or a Git service refused our credentials, or we have none for it. */
  UNAUTHORIZED(false),
  /** Another avatar has the task. */
  TAKEN(false),
  /** A network, server or disk failed; the same call may succeed later. */
  UNAVAILABLE(true),
  /** An answer made no sense, also after retries. */
  INVALID_ANSWER(false),
  /** A path of the plan leads out of the workspace, or where no step may go. */
  DENIED(false),
  /**
   * The tree is not as the step expects: text to edit, hunk to apply, assertion, target. At the
   * push: others have changed the same place meanwhile.
   */
  CONFLICT(false),
  /** A command of the plan ended with another exit code than expected. */
  COMMAND_FAILED(false),
  /** A command or the task exceeded its time. */
  TIMEOUT(false),
  /** The project's tests failed. */
  TESTS_FAILED(false),
  /** The plan left the tree as it was. */
  NO_CHANGES(false),
  /** The remote refused the push, or its branch moved too often. */
  PUSH_REJECTED(false),
  /** The avatar was stopped during each of the allowed attempts. */
  INTERRUPTED(false),
  /** An internal error of the avatar. */
  INTERNAL(false);

  private final boolean retryable;

  FailureKind(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same task, unchanged, may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** The kind as logs and statuses spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
