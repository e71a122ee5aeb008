package io.numa.avatar.task;

import java.util.Locale;

/** The kind of a failure. Programs use it to decide what to do. */
public enum FailureKind {
  /** A field of the task or application is missing or not valid. */
  INVALID_TASK(false),
  /** The development plan breaks the rules of its language. */
  INVALID_PLAN(false),
  /**
   * The plan needs a coding agent, and none is configured, or none of the name that it asks for.
   */
  NO_AGENT(false),
  /** The model's host refused the agent's login, or the agent demands one. */
  AGENT_LOGIN(false),
  /** The agent does not start, or its model is away or over its rate. */
  AGENT_UNAVAILABLE(true),
  /** The agent crashed, reported an error, or ended its turn in an unknown way. */
  AGENT_FAILED(false),
  /** The agent or its model refused the work. */
  AGENT_REFUSED(false),
  /** The agent's time was up. */
  AGENT_TIME(false),
  /** The agent, or one of its tools, showed no sign of life for too long. */
  AGENT_SILENT(false),
  /** The agent called the same tool with the same result again and again. */
  AGENT_LOOP(false),
  /** The agent's turns, tokens or money are used up. */
  AGENT_BUDGET(false),
  /** The sandbox that the operator demands cannot be had here. */
  SANDBOX_UNAVAILABLE(false),
  /** The task, application, repository or branch does not exist. */
  NOT_FOUND(false),
  /** The backend or a Git service refused our credentials, or none are configured for it. */
  UNAUTHORIZED(false),
  /** Another avatar has the task. */
  TAKEN(false),
  /** A network, server or disk failed; the same call may succeed later. */
  UNAVAILABLE(true),
  /** An answer was not valid, even after retries. */
  INVALID_ANSWER(false),
  /**
   * A path of the plan leads out of the workspace or to a protected place, or the work exceeds a
   * limit of size.
   */
  DENIED(false),
  /**
   * The tree is not as the step expects: a text to edit, a hunk to apply, an assertion or a target.
   * During the push: others have changed the same place.
   */
  CONFLICT(false),
  /**
   * A command of the plan ended with another exit code than expected, or the command of the tests
   * could not be started, or it failed though no test did.
   */
  COMMAND_FAILED(false),
  /** A command or the task exceeded its time limit. */
  TIMEOUT(false),
  /** The project's tests failed. */
  TESTS_FAILED(false),
  /** A review by another coding agent found a blocker, or came to no verdict. */
  REVIEW_FAILED(false),
  /** The plan changed nothing in the tree. */
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
