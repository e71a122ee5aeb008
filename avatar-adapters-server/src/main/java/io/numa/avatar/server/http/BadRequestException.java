package io.numa.avatar.server.http;

/** A request that the server cannot understand; the message says why, and holds nothing of it. */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadRequestException(String message) {
    super(message);
  }
}
