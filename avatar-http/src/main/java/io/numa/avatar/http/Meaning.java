package io.numa.avatar.http;

/**
 * What an answer means for the request, and for the task that the request belongs to. Each protocol
 * has one table that gives every answer a meaning, as a proxy may answer in place of the server.
 */
public enum Meaning {
  /** The server has done what was asked. */
  SUCCESS,
  /**
   * The same request may succeed soon, so the client tries it again: after an outage, a limit on
   * the number of requests, or a proxy's page.
   */
  PASSING,
  /**
   * The same request would get the same answer, so the client does not try it again. The answer is
   * no verdict on the task.
   */
  FINAL_FOR_REQUEST,
  /** No later request can succeed either; the task ends, and its work is kept. */
  FINAL_FOR_TASK,
  /** The server refuses the credentials, or wants some; the operator has to act. */
  CREDENTIALS
}
