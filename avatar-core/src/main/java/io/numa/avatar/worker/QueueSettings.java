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
 * @param perRepository how many tasks this avatar works on at a time in one repository, at least 1
 */
public record QueueSettings(
    Set<String> routes, int maxClaims, Duration expireAfter, int perRepository) {
  public QueueSettings {
    if (routes.isEmpty() || maxClaims < 1 || perRepository < 1) {
      throw new IllegalArgumentException(
          "nothing could be taken: " + routes + ", " + maxClaims + ", " + perRepository);
    }
    routes = Set.copyOf(routes);
  }
}
