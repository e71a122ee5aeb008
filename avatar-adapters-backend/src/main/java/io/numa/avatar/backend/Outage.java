package io.numa.avatar.backend;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Says once that the backend is away, and once that it is back, and the same of each group of
 * endpoints that is left alone. Those who call hear of it only when their last try has failed,
 * which is half a minute later. Safe for use by several threads.
 */
final class Outage {
  /** A backend that comes and goes is spoken of once in so long. */
  private static final long QUIET = Duration.ofMinutes(1).toNanos();

  private final URI url;
  private final Logger log;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private long lastBack;
  private boolean lasts;

  Outage(URI url, Logger log, LongSupplier nanoTime) {
    this.url = url;
    this.log = log;
    this.nanoTime = nanoTime;
    this.lastBack = nanoTime.getAsLong() - QUIET;
  }

  /** A try failed, and there is to be another. */
  void failed(TransientException failure) {
    lock.lock();
    try {
      if (failure.away() && !lasts && nanoTime.getAsLong() - lastBack >= QUIET) {
        lasts = true;
        log.warn("The backend at {} does not answer; trying again: {}", url, failure.getMessage());
      }
    } finally {
      lock.unlock();
    }
  }

  /** A try succeeded. */
  void succeeded() {
    lock.lock();
    try {
      if (lasts) {
        lasts = false;
        lastBack = nanoTime.getAsLong();
        log.info("The backend at {} answers again", url);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A group has failed too often, and is left alone. */
  void off(EndpointGroup group, int failures, String last) {
    log.warn(
        "Calls for {} to the backend at {} have failed {} times in a row; they are off, but for"
            + " one now and then: {}",
        group,
        url,
        failures,
        last);
  }

  /** A group that was left alone has answered. */
  void on(EndpointGroup group) {
    log.info("Calls for {} to the backend at {} succeed again", group, url);
  }
}
