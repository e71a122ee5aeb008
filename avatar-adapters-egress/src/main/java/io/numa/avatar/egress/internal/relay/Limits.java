package io.numa.avatar.egress.internal.relay;

import java.time.Duration;

/**
 * How much connections may take.
 *
 * @param connections how many of one sandbox are open at a time; more of them wait
 * @param request how long a client may take for its first line, and for the head of a request
 * @param connect how long looking up and connecting may take
 * @param idle how long a connection may carry no byte
 */
public record Limits(int connections, Duration request, Duration connect, Duration idle) {
  public static final Limits USUAL =
      new Limits(256, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(10));
}
