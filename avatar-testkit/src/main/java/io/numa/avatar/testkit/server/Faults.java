package io.numa.avatar.testkit.server;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The misbehaviour that a server was told to show, in the order it was told. */
final class Faults {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Planned> planned = new ArrayList<>();

  private static final class Planned {
    final Predicate<BackendRequest> requests;
    final Fault fault;
    int left;

    Planned(Predicate<BackendRequest> requests, Fault fault, int left) {
      this.requests = requests;
      this.fault = fault;
      this.left = left;
    }
  }

  void plan(int times, Predicate<BackendRequest> requests, Fault fault) {
    lock.lock();
    try {
      planned.add(new Planned(requests, fault, times));
    } finally {
      lock.unlock();
    }
  }

  /** The fault that {@code request} meets, which is used up by that. */
  Optional<Fault> take(BackendRequest request) {
    lock.lock();
    try {
      for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
        Planned next = all.next();
        if (next.requests.test(request)) {
          next.left--;
          if (next.left == 0) {
            all.remove();
          }
          return Optional.of(next.fault);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
