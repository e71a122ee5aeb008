package io.numa.avatar.server.call;

import io.numa.avatar.server.document.Problem;

/** A call that was not carried out. */
public final class RefusedCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RefusedCallException(Problem problem) {
    super(problem.text(), null, false, false);
    this.problem = problem;
  }

  /** Why it was not carried out. */
  public Problem problem() {
    return problem;
  }
}
