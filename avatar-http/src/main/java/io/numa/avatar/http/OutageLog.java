package io.numa.avatar.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs the beginning and the end of an outage once each: of a whole server, or of a group of its
 * endpoints. Callers learn of an outage only after their last try, which may be half a minute
 * later. While the whole server is away, its groups are not mentioned. Safe for use by several
 * threads.
 */
public final class OutageLog {
  /** If an outage begins within this time after the last one, it is not logged. */
  private static final long QUIET = Duration.ofMinutes(1).toNanos();

  /** After so many failed tries in a row, an outage that does not affect the server is logged. */
  private static final int FEW = 5;

  private final String server;
  private final Logger log;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private long lastBack;
  private boolean away;

  /**
   * @param server the server's name within a sentence, such as {@code the backend at http://host}
   */
  public OutageLog(String server, Logger log, LongSupplier nanoTime) {
    this.server = server;
    this.log = log;
    this.nanoTime = nanoTime;
    this.lastBack = nanoTime.getAsLong() - QUIET;
  }

  String server() {
    return server;
  }

  /** Records that a try failed and another one of the same call follows. */
  void failed(String endpoints, TransientException failure) {
    lock.lock();
    try {
      int count = failures.merge(endpoints, 1, Integer::sum);
      if (failure.away() && !away && nanoTime.getAsLong() - lastBack >= QUIET) {
        away = true;
        log.warn("{} does not answer; trying again: {}", capitalized(), failure.getMessage());
      } else if (count >= FEW) {
        tell(endpoints, failure.getMessage());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Records that a call failed that its caller repeats later. */
  void persists(String endpoints, String failure) {
    lock.lock();
    try {
      tell(endpoints, failure);
    } finally {
      lock.unlock();
    }
  }

  private void tell(String endpoints, String failure) {
    if (!away && told.add(endpoints)) {
      log.warn("Calls for {} to {} fail; trying again: {}", endpoints, server, failure);
    }
  }

  /** Records that a group failed too often and is off. */
  void off(String endpoints, int failures, String last) {
    lock.lock();
    try {
      if (!away && told.add(endpoints)) {
        log.warn(
            "Calls for {} to {} have failed {} times in a row; they are off, except for"
                + " one now and then:"
                + " {}",
            endpoints,
            server,
            failures,
            last);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Records that the server has answered a call of the group. */
  void answered(String endpoints) {
    lock.lock();
    try {
      failures.remove(endpoints);
      if (away) {
        away = false;
        lastBack = nanoTime.getAsLong();
        log.info("{} answers again", capitalized());
      }
      if (told.remove(endpoints)) {
        log.info("Calls for {} to {} succeed again", endpoints, server);
      }
    } finally {
      lock.unlock();
    }
  }

  private String capitalized() {
    return server.substring(0, 1).toUpperCase(Locale.ROOT) + server.substring(1);
  }
}
