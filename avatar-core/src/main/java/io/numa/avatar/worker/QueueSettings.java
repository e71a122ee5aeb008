package io.numa.avatar.worker;

import java.time.Duration;
import java.util.Set;

/**
 * What a worker takes from a queue.
 *
 * @param routes the routes whose tasks it takes, not empty
 * @param maxClaims how often a task may be claimed before it goes to the dead letters, at least 1
 * @param expireAfter how long a task may wait; one that waited longer goes to the dead letters.
 *     Zero: any time
 */
public record QueueSettings(Set<String> routes, int maxClaims, Duration expireAfter) {
  public QueueSettings {
    if (routes.isEmpty() || maxClaims < 1) {
      throw new IllegalArgumentException("no routes, or no claims: " + routes + ", " + maxClaims);
    }
    routes = Set.copyOf(routes);
  }
}
