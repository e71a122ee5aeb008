package io.numa.avatar.benchmarks.tasks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** All measurements on one repository. */
final class TrialResult {
  private final String name;
  private final int files;
  private final int commits;
  private final Map<Phase, Map<Side, List<Sample>>> samples = new EnumMap<>(Phase.class);
  private final Map<Side, List<Long>> tens = new EnumMap<>(Side.class);
  private final Map<Phase, Map<Side, Counted>> counted = new EnumMap<>(Phase.class);
  private AvatarProcess.Heap heap = new AvatarProcess.Heap(0, 0);

  /** One task's physical figures. */
  record Counted(Traffic traffic, Written written) {}

  TrialResult(ServedRepository repository) {
    this.name = repository.name();
    this.files = repository.files();
    this.commits = repository.commits();
  }

  void add(Phase phase, Side side, Sample sample) {
    samples
        .computeIfAbsent(phase, missing -> new EnumMap<>(Side.class))
        .computeIfAbsent(side, missing -> new ArrayList<>())
        .add(sample);
  }

  void addTen(Side side, long nanos) {
    tens.computeIfAbsent(side, missing -> new ArrayList<>()).add(nanos);
  }

  void count(Phase phase, Side side, Counted figures) {
    counted.computeIfAbsent(phase, missing -> new EnumMap<>(Side.class)).put(side, figures);
  }

  void heap(AvatarProcess.Heap figures) {
    heap = figures;
  }

  String name() {
    return name;
  }

  int files() {
    return files;
  }

  int commits() {
    return commits;
  }

  AvatarProcess.Heap heap() {
    return heap;
  }

  /** How long whole tasks took. */
  Spread times(Phase phase, Side side) {
    return spread(phase, side, Sample::nanos);
  }

  Spread spread(Phase phase, Side side, ToLongFunction<Sample> measure) {
    return Spread.ofNanos(
        samples.getOrDefault(phase, Map.of()).getOrDefault(side, List.of()).stream()
            .map(measure::applyAsLong)
            .toList());
  }

  Spread tens(Side side) {
    return Spread.ofNanos(tens.getOrDefault(side, List.of()));
  }

  Map<Side, Counted> counted(Phase phase) {
    return counted.getOrDefault(phase, Map.of());
  }
}
