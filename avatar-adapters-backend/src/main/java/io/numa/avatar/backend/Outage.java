package io.numa.avatar.backend;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/**
 * Says once that the backend is away, and once that it is back. Those who call hear of it only when
 * their last try has failed, which is half a minute later. Safe for use by several threads.
 */
final class Outage {
  private final URI url;
  private final Logger log;
  private final AtomicBoolean lasts = new AtomicBoolean();

  Outage(URI url, Logger log) {
    this.url = url;
    this.log = log;
  }

  /** A try failed, and there is to be another. */
  void failed(TransientException failure) {
    if (failure.away() && lasts.compareAndSet(false, true)) {
      log.warn("The backend at {} does not answer; trying again: {}", url, failure.getMessage());
    }
  }

  /** A try succeeded. */
  void succeeded() {
    if (lasts.compareAndSet(true, false)) {
      log.info("The backend at {} answers again", url);
    }
  }
}
