package io.numa.avatar.cli.console;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.run.text.AgentText;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.time.Durations;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Prints one line of text per event, for files, pipes and service managers. */
public final class PlainView implements View {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final String INDENT = "\n" + " ".repeat("HH:mm:ss ".length());

  private final PrintWriter out;
  private final Clock clock;
  private final Map<TaskId, Instant> starts = new ConcurrentHashMap<>();

  public PlainView(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /**
   * Prints the line without control characters, as titles and messages come from other systems.
   * Further lines of it are indented, so that none of them looks like an event.
   */
  @Override
  public void say(String line) {
    String time = clock.instant().atZone(ZoneId.systemDefault()).format(TIME);
    out.println(time + " " + Harmless.text(line).replace("\n", INDENT));
    out.flush();
  }

  /** Prints the object as it is, as JSON escapes what a terminal obeys. */
  @Override
  public void sayJson(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void began(Task task, Attempt attempt) {
    starts.put(task.id(), clock.instant());
    say("task " + task.id() + " begins: " + task.title());
  }

  @Override
  public void entered(TaskId task, Stage stage) {
    say("task " + task + " " + stage.word());
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    String duration =
        Optional.ofNullable(starts.remove(task))
            .map(start -> " after " + Durations.text(Duration.between(start, clock.instant())))
            .orElse("");
    say("task " + task + duration + " " + OutcomeText.of(outcome));
    outcome
        .summary()
        .flatMap(WorkSummary::agent)
        .ifPresent(report -> say("task " + task + " by " + AgentText.of(report)));
  }
}
