package io.numa.avatar.agent.gateway;

import io.numa.avatar.port.agent.AgentLimit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Tells what happens at a gateway, one event at a time and none after the session's end. */
final class SessionEvents implements AutoCloseable {
  private static final int MAX_SENTENCES = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final GatewayEvents listener;
  private final Meter meter;
  private final Set<String> noted = new HashSet<>();
  private boolean closed;

  SessionEvents(GatewayEvents listener, Meter meter) {
    this.listener = listener;
    this.meter = meter;
  }

  void used() {
    // The usage is read under the lock, so that an older one never follows a newer one.
    tell(() -> listener.used(meter.used()));
  }

  void exhausted(AgentLimit limit) {
    tell(() -> listener.exhausted(limit));
  }

  void budgetReached(String message) {
    tell(() -> listener.budgetReached(message));
  }

  void loginRefused(int status, String message) {
    tell(() -> listener.loginRefused(status, message));
  }

  void unavailable(int status, String message) {
    tell(() -> listener.unavailable(status, message));
  }

  /** Tells a sentence, unless it was told before. */
  void noted(String sentence) {
    tell(
        () -> {
          if (noted.size() < MAX_SENTENCES && noted.add(sentence)) {
            listener.noted(sentence);
          }
        });
  }

  private void tell(Runnable event) {
    lock.lock();
    try {
      if (!closed) {
        event.run();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
