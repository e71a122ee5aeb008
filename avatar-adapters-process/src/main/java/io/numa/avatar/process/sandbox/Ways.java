package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ways out that are open, and the hosts that were refused on those of each attempt. Safe for
 * use by several threads.
 */
final class Ways {
  private static final int ATTEMPTS = 1000;
  private static final int HOSTS = 100;

  private final Egress egress;

  /** Guards the maps. */
  private final Object lock = new Object();

  private final Map<AttemptId, Set<EgressWay>> open = new HashMap<>();

  /** Of the ways that were closed; the attempts seen least recently first. */
  private final Map<AttemptId, List<RefusedHost>> closed =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptId, List<RefusedHost>> eldest) {
          return size() > ATTEMPTS;
        }
      };

  Ways(Egress egress) {
    this.egress = egress;
  }

  /** See {@link Egress#prepare}. */
  void prepare() {
    egress.prepare();
  }

  EgressWay open(EgressRequest request, Optional<AttemptId> owner) {
    EgressWay way = egress.open(request);
    synchronized (lock) {
      owner.ifPresent(attempt -> open.computeIfAbsent(attempt, first -> new HashSet<>()).add(way));
    }
    return way;
  }

  void close(EgressWay way, Optional<AttemptId> owner) {
    way.close();
    owner.ifPresent(attempt -> forget(way, attempt));
  }

  private void forget(EgressWay way, AttemptId attempt) {
    synchronized (lock) {
      open.computeIfPresent(
          attempt,
          (owner, ways) -> {
            ways.remove(way);
            return ways.isEmpty() ? null : ways;
          });
      List<RefusedHost> hosts = way.refused();
      if (!hosts.isEmpty()) {
        closed.merge(attempt, hosts, Ways::together);
      }
    }
  }

  List<RefusedHost> refused(AttemptId attempt) {
    synchronized (lock) {
      return Stream.concat(
              Stream.ofNullable(closed.get(attempt)),
              open.getOrDefault(attempt, Set.of()).stream().map(EgressWay::refused))
          .reduce(List.of(), Ways::together);
    }
  }

  private static List<RefusedHost> together(List<RefusedHost> first, List<RefusedHost> second) {
    var counts = new LinkedHashMap<String, RefusedHost>();
    Stream.concat(first.stream(), second.stream())
        .forEach(host -> counts.merge(host.host() + ' ' + host.port(), host, Ways::sum));
    return counts.values().stream().limit(HOSTS).toList();
  }

  private static RefusedHost sum(RefusedHost first, RefusedHost second) {
    return new RefusedHost(first.host(), first.port(), first.count() + second.count());
  }
}
