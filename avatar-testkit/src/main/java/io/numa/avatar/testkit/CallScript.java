package io.numa.avatar.testkit;

import io.numa.avatar.port.PortException;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Counts the calls of a backend, and makes calls fail as a test plans. Not thread-safe. */
final class CallScript {
  private final Map<Call, Deque<PortException>> failures = new EnumMap<>(Call.class);
  private final Map<Call, PortException> lastingFailures = new EnumMap<>(Call.class);
  private final Map<Call, Integer> calls = new EnumMap<>(Call.class);

  void failNext(Call call, PortException failure) {
    failures.computeIfAbsent(call, c -> new ArrayDeque<>()).add(failure);
  }

  void failAlways(Call call, PortException failure) {
    lastingFailures.put(call, failure);
  }

  /** Forgets all planned failures. */
  void recover() {
    failures.clear();
    lastingFailures.clear();
  }

  int calls(Call call) {
    return calls.getOrDefault(call, 0);
  }

  /** Counts a call, and throws the failure planned for it. */
  void call(Call call) {
    calls.merge(call, 1, Integer::sum);
    PortException failure = failures.getOrDefault(call, new ArrayDeque<>()).poll();
    failure = failure == null ? lastingFailures.get(call) : failure;
    if (failure != null) {
      throw failure;
    }
  }
}
