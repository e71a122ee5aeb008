package io.numa.avatar.http;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs the beginning and the end of an outage once each, for a server and for each group of
 * endpoints that is off. Callers learn of an outage only after their last try, which may be half a
 * minute later. Safe for use by several threads.
 */
public final class OutageLog {
  /** If an outage begins within this time after the last one, it is not logged. */
  private static final long QUIET = Duration.ofMinutes(1).toNanos();

  private final String server;
  private final Logger log;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private long lastBack;
  private boolean lasts;

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

  /** Records that a try failed and another one follows. */
  void failed(TransientException failure) {
    lock.lock();
    try {
      if (failure.away() && !lasts && nanoTime.getAsLong() - lastBack >= QUIET) {
        lasts = true;
        log.warn("{} does not answer; trying again: {}", capitalized(), failure.getMessage());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Records that a try succeeded. */
  public void succeeded() {
    lock.lock();
    try {
      if (lasts) {
        lasts = false;
        lastBack = nanoTime.getAsLong();
        log.info("{} answers again", capitalized());
      }
    } finally {
      lock.unlock();
    }
  }

  private String capitalized() {
    return server.substring(0, 1).toUpperCase(Locale.ROOT) + server.substring(1);
  }

  /** Records that a group failed too often and is off. */
  void off(String endpoints, int failures, String last) {
    log.warn(
        "Calls for {} to {} have failed {} times in a row; they are off, except for"
            + " one now and then:"
            + " {}",
        endpoints,
        server,
        failures,
        last);
  }

  /** Records that a group that was off has answered. */
  void on(String endpoints) {
    log.info("Calls for {} to {} succeed again", endpoints, server);
  }
}
