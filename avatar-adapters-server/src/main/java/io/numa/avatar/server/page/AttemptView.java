package io.numa.avatar.server.page;

import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An attempt, its stages on a time line.
 *
 * @param message of its last status; empty if the failure says it
 */
record AttemptView(
    String name,
    String outcome,
    String outcomeText,
    Optional<Moment> began,
    Optional<Moment> ended,
    Optional<String> message,
    List<Bar> bars) {

  /** A stage, which the attempt may have entered more than once. */
  record Bar(String name, List<Span> spans, String took, boolean stopped) {}

  /** A time in a stage, in percent of the attempt. */
  record Span(String x, String width) {}

  private record Part(Stage stage, Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

  static AttemptView of(AttemptStory attempt, Words words) {
    Optional<StatusUpdate> last = attempt.record().last();
    return new AttemptView(
        words.of("attempt_head", Math.max(1, attempt.record().number())),
        attempt.outcome().word(),
        words.outcome(attempt.outcome()),
        words.moment(last.map(StatusUpdate::startedAt)),
        words.moment(last.flatMap(StatusUpdate::finishedAt)),
        last.filter(status -> status.failure().isEmpty()).map(StatusUpdate::message),
        bars(attempt, end(attempt, words), words));
  }

  private static Instant end(AttemptStory attempt, Words words) {
    Instant now = attempt.outcome() == OutcomeWord.RUNNING ? words.now() : Instant.MIN;
    Instant entered =
        attempt.stages().stream().map(StageTime::at).max(Instant::compareTo).orElse(now);
    return attempt
        .record()
        .last()
        .flatMap(StatusUpdate::finishedAt)
        .orElse(now.isAfter(entered) ? now : entered);
  }

  private static List<Bar> bars(AttemptStory attempt, Instant end, Words words) {
    List<Part> parts = parts(attempt.stages(), end);
    if (parts.isEmpty()) {
      return List.of();
    }
    Instant start = parts.get(0).from();
    double whole = Math.max(1, Duration.between(start, end).toMillis());
    Optional<Stage> stopped = attempt.failure().map(failure -> failure.stage());
    var bars = new ArrayList<Bar>();
    byStage(parts)
        .forEach(
            (stage, all) ->
                bars.add(
                    new Bar(
                        words.stage(stage),
                        all.stream().map(part -> span(part, start, whole)).toList(),
                        words.duration(
                            all.stream().map(Part::length).reduce(Duration.ZERO, Duration::plus)),
                        stopped.equals(Optional.of(stage)))));
    return bars;
  }

  private static List<Part> parts(List<StageTime> stages, Instant end) {
    var parts = new ArrayList<Part>();
    for (int i = 0; i < stages.size(); i++) {
      Instant to = i + 1 < stages.size() ? stages.get(i + 1).at() : end;
      Instant from = stages.get(i).at();
      parts.add(new Part(stages.get(i).stage(), from, to.isBefore(from) ? from : to));
    }
    return parts;
  }

  private static Map<Stage, List<Part>> byStage(List<Part> parts) {
    var byStage = new EnumMap<Stage, List<Part>>(Stage.class);
    parts.forEach(
        part -> byStage.computeIfAbsent(part.stage(), stage -> new ArrayList<>()).add(part));
    return byStage;
  }

  /** At least half a percent wide, so that it can be seen. */
  private static Span span(Part part, Instant start, double whole) {
    double from = 100 * Duration.between(start, part.from()).toMillis() / whole;
    double width = Math.max(0.5, 100 * part.length().toMillis() / whole);
    return new Span(HomeView.percent(Math.min(from, 100 - width)), HomeView.percent(width));
  }
}
