package io.numa.avatar.server.page;

import io.numa.avatar.operation.RunningTask;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.agent.AgentReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A task that runs.
 *
 * @param since when it began
 */
record Slot(
    String href,
    String title,
    String id,
    Optional<String> attempt,
    String stage,
    String stageOf,
    List<Step> stages,
    Moment since,
    String elapsed,
    Optional<String> agent,
    String newest) {

  /**
   * A stage on the way.
   *
   * @param place {@code past}, {@code now} or {@code later}
   */
  record Step(String place, String name) {}

  static Slot of(RunningTask task, Words words) {
    int at = List.of(Stage.values()).indexOf(task.stage()) + 1;
    return new Slot(
        Row.address(task.task()),
        task.title(),
        words.of("task_n", task.task()),
        task.number() > 1 ? Optional.of(words.of("attempt_n", task.number())) : Optional.empty(),
        task.reporting() ? words.of("reporting") : words.stage(task.stage()),
        words.of("stage_of", at, Stage.values().length),
        stages(task, words),
        words.moment(task.startedAt()),
        words.elapsed(task.startedAt()),
        task.agent().map(report -> agent(report, words)),
        task.newest().orElse(""));
  }

  private static List<Step> stages(RunningTask task, Words words) {
    return Arrays.stream(Stage.values())
        .map(stage -> new Step(place(stage.compareTo(task.stage())), words.stage(stage)))
        .toList();
  }

  private static String place(int distance) {
    return distance == 0 ? "now" : distance < 0 ? "past" : "later";
  }

  private static String agent(AgentReport report, Words words) {
    var parts = new ArrayList<String>(List.of(report.name()));
    parts.add(words.texts().count("turns", report.usage().turns()));
    if (report.usage().cost().signum() > 0) {
      parts.add(words.of("cost_of", Words.cost(report.usage().cost())));
    }
    return String.join(", ", parts);
  }
}
