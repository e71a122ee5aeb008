package io.numa.avatar.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.testkit.ElapsedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The state of a backend, behind one lock. A change wakes all threads that wait for one. */
final class BackendLedger {
  final Map<String, ObjectNode> topics = new HashMap<>();
  final Map<String, ObjectNode> applications = new HashMap<>();
  final Map<String, TaskRecord> tasks = new HashMap<>();
  final Map<String, List<JsonNode>> messages = new HashMap<>();
  final List<BackendRequest> requests = new ArrayList<>();
  final List<String> violations = new ArrayList<>();
  final ElapsedTime time = new ElapsedTime();
  boolean keepsText = true;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Reads from the ledger. */
  <T> T read(Function<BackendLedger, T> reader) {
    lock.lock();
    try {
      return reader.apply(this);
    } finally {
      lock.unlock();
    }
  }

  /** Changes the ledger. */
  <T> T change(Supplier<T> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  /** Waits until {@code condition} holds or the time is up, and says whether it holds. */
  boolean await(Predicate<BackendLedger> condition, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!condition.test(this) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return condition.test(this);
    } finally {
      lock.unlock();
    }
  }

  /** The same, but the end of the time is an exception. */
  void require(String what, Predicate<BackendLedger> condition, Duration limit)
      throws InterruptedException, TimeoutException {
    if (!await(condition, limit)) {
      throw new TimeoutException("waited " + limit + " in vain for " + what);
    }
  }
}
