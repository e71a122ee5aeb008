package io.numa.avatar.testkit.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Random faults, which are the same for the same seed and order of requests. Guarded by the lock of
 * {@link Faults}.
 */
final class RandomFaults {
  private final Predicate<BackendRequest> requests;
  private final Random random;
  private final List<Map.Entry<Fault, Double>> odds;

  RandomFaults(long seed, Predicate<BackendRequest> requests, Map<Fault, Double> odds) {
    double sum = odds.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 1.000001 || odds.values().stream().anyMatch(chance -> chance < 0)) {
      throw new IllegalArgumentException("the chances must be parts of one: " + odds);
    }
    this.requests = requests;
    this.random = new Random(seed);
    this.odds = new ArrayList<>(odds.entrySet());
    // The order of a map differs between processes.
    this.odds.sort(Comparator.comparing(entry -> entry.getKey().toString()));
  }

  Optional<Fault> draw(BackendRequest request) {
    if (!requests.test(request)) {
      return Optional.empty();
    }
    double drawn = random.nextDouble();
    for (Map.Entry<Fault, Double> entry : odds) {
      drawn -= entry.getValue();
      if (drawn < 0) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }
}
