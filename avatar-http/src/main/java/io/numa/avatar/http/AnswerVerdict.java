package io.numa.avatar.http;

/**
 * What an answer without the wanted result means for the work that needs the result.
 *
 * <p>{@link #ofStatus} knows HTTP only. Each protocol has one table of its own answers, which asks
 * this one last.
 */
public enum AnswerVerdict {
  /** The answer tells of the server's or a proxy's state: the same request may succeed later. */
  PASSING,
  /**
   * The server refuses this request as it is. Another request for the same task may succeed, such
   * as a smaller one.
   */
  FINAL_FOR_REQUEST,
  /** The server does not have what the task wants; a later request changes nothing. */
  FINAL_FOR_TASK,
  /** The server or a proxy requires a login, or refuses the one that it got. */
  CREDENTIALS;

  /** The verdict on an answer: that of its status, unless the server only limits the rate. */
  public static AnswerVerdict of(HttpAnswer answer) {
    return RateLimit.isReached(answer) ? PASSING : ofStatus(answer.status());
  }

  /**
   * The verdict on a status alone. A success without the wanted result comes from a proxy, such as
   * a page about maintenance; so does a redirection that the protocol does not follow.
   */
  public static AnswerVerdict ofStatus(int status) {
    return switch (status) {
      case 401, 403, 407 -> CREDENTIALS;
      case 404, 410, 451 -> FINAL_FOR_TASK;
      case 408, 425, 429 -> PASSING;
      default -> status >= 400 && status < 500 ? FINAL_FOR_REQUEST : PASSING;
    };
  }
}
