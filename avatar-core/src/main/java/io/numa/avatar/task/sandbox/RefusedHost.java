package io.numa.avatar.task.sandbox;

/**
 * A host that a sandbox did not let its processes reach.
 *
 * @param host the name or literal address that they asked for
 * @param count how often they tried
 */
public record RefusedHost(String host, int port, int count) {
  public RefusedHost {
    if (count < 1) {
      throw new IllegalArgumentException("not refused: " + host);
    }
  }
}
