package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Has the avatar and native Git carry out tasks on one repository. They alternate, so that other
 * load on the machine affects all. Single use; not thread-safe.
 */
final class Trial {
  private static final List<Side> WARM =
      List.of(Side.AVATAR, Side.SHALLOW, Side.WORKTREE, Side.KEPT);

  private final Bench bench;
  private final ServedRepository repository;
  private final String url;
  private final TrialResult result;
  private final Consumer<String> progress;
  private int folders;

  Trial(Bench bench, ServedRepository repository, Consumer<String> progress) {
    this.bench = bench;
    this.repository = repository;
    this.url = GitHost.url(bench.host().port(), repository.name());
    this.result = new TrialResult(repository);
    this.progress = text -> progress.accept(repository.name() + ": " + text);
  }

  /** Measures everything. */
  TrialResult run(Effort effort) throws IOException, InterruptedException {
    for (int i = 1; i < effort.colds(); i++) {
      try (AvatarProcess avatar = startAvatar()) {
        cold(avatar);
      }
    }
    try (AvatarProcess avatar = startAvatar()) {
      cold(avatar);
      Map<Side, Contender> sides = prepare(avatar, WARM);
      warm(sides, effort.rounds(), true);
      tens(sides, effort.tens());
      for (int i = 0; i < effort.colds(); i++) {
        avatar.startAnew(folder(Side.AVATAR));
        measure(Phase.COLD_IN_WARM_JVM, Side.AVATAR, avatar);
      }
      count(avatar);
      result.heap(avatar.heap());
    }
    return result;
  }

  /** Measures only warm tasks, of the avatar and of {@link Side#KEPT}. */
  TrialResult runGrowth(Effort effort) throws IOException, InterruptedException {
    try (AvatarProcess avatar = startAvatar()) {
      cold(avatar);
      warm(prepare(avatar, List.of(Side.AVATAR, Side.KEPT)), effort.rounds(), false);
      result.heap(avatar.heap());
    }
    return result;
  }

  private void cold(AvatarProcess avatar) throws IOException, InterruptedException {
    measure(Phase.COLD, Side.AVATAR, avatar);
    repository.move();
    measure(Phase.FIRST_WARM, Side.AVATAR, avatar);
    try (Contender full = start(Side.FULL)) {
      measure(Phase.COLD, Side.FULL, full);
    }
  }

  /** Starts the contenders, and lets each do a first task. */
  private Map<Side, Contender> prepare(AvatarProcess avatar, List<Side> sides)
      throws IOException, InterruptedException {
    Map<Side, Contender> contenders = new EnumMap<>(Side.class);
    for (Side side : sides) {
      Contender contender = side == Side.AVATAR ? avatar : start(side);
      carryOut(side, contender, url);
      contenders.put(side, contender);
    }
    return contenders;
  }

  private void warm(Map<Side, Contender> contenders, int rounds, boolean unmoved)
      throws IOException, InterruptedException {
    List<Map.Entry<Side, Contender>> order = new ArrayList<>(contenders.entrySet());
    for (int round = 1; round <= rounds; round++) {
      repository.move();
      for (var one : order) {
        measure(Phase.MOVED, one.getKey(), one.getValue());
      }
      if (unmoved) {
        for (var one : order) {
          measure(Phase.UNMOVED, one.getKey(), one.getValue());
        }
      }
      Collections.rotate(order, 1);
    }
  }

  private void tens(Map<Side, Contender> contenders, int rounds)
      throws IOException, InterruptedException {
    for (var contender : contenders.entrySet()) {
      inPairs(contender.getKey(), contender.getValue(), 2);
    }
    for (int round = 0; round < rounds; round++) {
      repository.move();
      for (var contender : contenders.entrySet()) {
        long nanos = inPairs(contender.getKey(), contender.getValue(), 10);
        result.addTen(contender.getKey(), nanos);
        print("ten tasks", contender.getKey(), nanos);
      }
    }
  }

  private long inPairs(Side side, Contender contender, int count)
      throws IOException, InterruptedException {
    List<Assignment> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(repository.next(url, side.name().toLowerCase(Locale.ROOT)));
    }
    long nanos = contender.carryOutInPairs(tasks);
    for (Assignment task : tasks) {
      repository.settle(task);
    }
    return nanos;
  }

  /**
   * Counts the traffic by a relay. The relay takes time, so the times of these tasks are not used.
   */
  private void count(AvatarProcess avatar) throws IOException, InterruptedException {
    try (var relay = CountingRelay.to(bench.host().port())) {
      avatar.startAnew(folder(Side.AVATAR));
      count(Side.AVATAR, avatar, relay);
      for (Side side : Side.values()) {
        if (side != Side.AVATAR) {
          try (Contender contender = start(side)) {
            count(side, contender, relay);
          }
        }
      }
    }
  }

  private void count(Side side, Contender contender, CountingRelay relay)
      throws IOException, InterruptedException {
    String counted = GitHost.url(relay.port(), repository.name());
    for (Phase phase : List.of(Phase.COLD, Phase.MOVED)) {
      relay.take();
      Sample sample = carryOut(side, contender, counted);
      result.count(phase, side, new TrialResult.Counted(relay.take(), sample.written()));
      repository.move();
    }
  }

  private void measure(Phase phase, Side side, Contender contender)
      throws IOException, InterruptedException {
    Sample sample = carryOut(side, contender, url);
    result.add(phase, side, sample);
    print(phase.name(), side, sample.nanos());
  }

  private Sample carryOut(Side side, Contender contender, String at)
      throws IOException, InterruptedException {
    String who = side.name().toLowerCase(Locale.ROOT);
    Assignment task = repository.next(at, who).counted(!at.equals(url));
    Sample sample = contender.carryOut(task);
    repository.settle(task);
    return sample;
  }

  private void print(String what, Side side, long nanos) {
    progress.accept(what + ", " + side.words() + ": " + Spread.text(nanos / 1e6) + " ms");
  }

  private AvatarProcess startAvatar() throws IOException {
    return AvatarProcess.start(folder(Side.AVATAR), bench.heap());
  }

  private Contender start(Side side) throws IOException {
    return new NativeScript(bench.scripts().resolve(side.script()), folder(side));
  }

  private Path folder(Side side) {
    folders++;
    return bench.work().resolve(repository.name() + "-" + folders + "-" + side);
  }
}
