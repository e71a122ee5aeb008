package io.numa.avatar.server.document;

import java.util.Locale;

/**
 * Why a request was not carried out.
 *
 * @param kind for programs
 * @param text what is wrong, in a sentence for people
 * @param remedy what to do about it, in a sentence
 */
public record Problem(Kind kind, String text, String remedy) {
  /** The kinds of problems. */
  public enum Kind {
    /** The request is not as it should be. */
    BAD_REQUEST(400),
    /** The request shows no token. */
    UNAUTHORIZED(401),
    /** The request may not do this. */
    FORBIDDEN(403),
    /** There is no such address, task, attempt or log. */
    NOT_FOUND(404),
    /** The address is asked by another method. */
    METHOD_NOT_ALLOWED(405),
    /** The task's state does not allow it. */
    CONFLICT(409),
    /** The server does not answer to this name. */
    WRONG_HOST(421),
    /** There are as many clients or watchers as there may be. */
    TOO_MANY(503),
    /** A file, the journal or the backend cannot be used at present. */
    UNAVAILABLE(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** The status of an HTTP answer with this problem. */
    public int status() {
      return status;
    }

    /** The word in lower case, as documents spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** There is no such thing. */
  public static Problem notFound(String text, String remedy) {
    return new Problem(Kind.NOT_FOUND, text, remedy);
  }

  /** The request is not as it should be. */
  public static Problem badRequest(String text, String remedy) {
    return new Problem(Kind.BAD_REQUEST, text, remedy);
  }
}
