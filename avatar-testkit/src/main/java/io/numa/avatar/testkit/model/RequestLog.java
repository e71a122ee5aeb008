package io.numa.avatar.testkit.model;

import io.numa.avatar.testkit.Monitor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** The newest requests, within a bound of memory. Safe for use by several threads. */
final class RequestLog {
  private static final int REQUESTS = 2_000;
  private static final long CHARACTERS = 64L << 20;

  private final Monitor monitor = new Monitor();
  private final Deque<ModelRequest> newest = new ArrayDeque<>();
  private long count;
  private long characters;

  /** Numbers a request, and keeps it. */
  ModelRequest add(LongFunction<ModelRequest> numbered) {
    return monitor.change(
        () -> {
          count++;
          ModelRequest request = numbered.apply(count);
          newest.add(request);
          characters += request.body().length();
          while (newest.size() > REQUESTS || (characters > CHARACTERS && newest.size() > 1)) {
            characters -= newest.remove().body().length();
          }
          return request;
        });
  }

  long count() {
    return monitor.read(() -> count);
  }

  List<ModelRequest> newest() {
    return monitor.read(() -> List.copyOf(newest));
  }

  ModelRequest await(Predicate<ModelRequest> wanted, Duration limit)
      throws InterruptedException, TimeoutException {
    monitor.require("a request", () -> newest.stream().anyMatch(wanted), limit);
    return newest().stream().filter(wanted).findFirst().orElseThrow();
  }
}
