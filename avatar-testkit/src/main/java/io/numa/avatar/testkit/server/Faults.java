package io.numa.avatar.testkit.server;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The faults that a test plans for a server: first the planned ones in order, then random ones. */
final class Faults {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Planned> planned = new ArrayList<>();
  private final List<RandomFaults> random = new ArrayList<>();

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

  void addRandom(RandomFaults faults) {
    lock.lock();
    try {
      random.add(faults);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all planned and random faults. */
  void clear() {
    lock.lock();
    try {
      planned.clear();
      random.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the fault for {@code request}, if there is one. */
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
      return random.stream()
          .map(faults -> faults.draw(request))
          .flatMap(Optional::stream)
          .findFirst();
    } finally {
      lock.unlock();
    }
  }
}
