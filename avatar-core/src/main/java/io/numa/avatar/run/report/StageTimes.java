package io.numa.avatar.run.report;

import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When an attempt entered its stages, and how long it was in each. It may enter a stage more than
 * once. Used by the attempt's thread only.
 */
public final class StageTimes {
  /** The most entered stages that are listed; each repair goes through several stages. */
  static final int MAX_ENTERED = 100;

  private final Clock clock;

  /** The time spent in each stage before the current one. */
  private final Map<Stage, Duration> spent = new EnumMap<>(Stage.class);

  private List<StageTime> entered = List.of();
  private Stage current = Stage.FETCH;
  private Instant since;

  public StageTimes(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Continues the list of a previous process. */
  public void resume(List<StageTime> earlier) {
    entered = earlier;
  }

  /** The attempt enters a stage. */
  public void enter(Stage next) {
    Instant now = clock.instant();
    spent.computeIfPresent(current, (same, before) -> before.plus(Duration.between(since, now)));
    spent.putIfAbsent(next, Duration.ZERO);
    current = next;
    since = now;
    var all = new ArrayList<>(entered);
    all.add(new StageTime(next, now));
    entered = List.copyOf(all.subList(Math.max(0, all.size() - MAX_ENTERED), all.size()));
  }

  /** The stages in the order they were entered; of very many, the last ones. */
  public List<StageTime> entered() {
    return entered;
  }

  /** The time spent in each stage so far, such as {@code stages: clone 2.1 s, test 14 s}. */
  public Optional<String> text() {
    if (spent.isEmpty()) {
      return Optional.empty();
    }
    Duration sinceThen = Duration.between(since, clock.instant());
    return Optional.of(
        spent.entrySet().stream()
            .map(each -> text(each.getKey(), each.getValue(), sinceThen))
            .collect(Collectors.joining(", ", "stages: ", "")));
  }

  private String text(Stage stage, Duration before, Duration sinceThen) {
    return stage.word() + " " + Durations.text(stage == current ? before.plus(sinceThen) : before);
  }
}
