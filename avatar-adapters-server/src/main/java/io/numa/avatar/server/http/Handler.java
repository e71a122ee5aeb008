package io.numa.avatar.server.http;

import java.io.IOException;

/** Answers requests. Safe for use by several threads. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a request.
   *
   * @throws BadRequestException if it cannot be understood
   */
  Answer answer(Request request) throws IOException, InterruptedException;
}
