package io.numa.avatar.cli.console;

import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.run.text.AgentText;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The terminal lines of one running task: stage, elapsed time and progress of the clone in the
 * first, the coding agent's work in the second.
 *
 * @param agent the second line, if an agent has worked
 */
record LiveLine(
    Task task,
    Instant start,
    Stage stage,
    Optional<TransferProgress> transfer,
    Optional<String> agent) {
  LiveLine(Task task, Instant start) {
    this(task, start, Stage.FETCH, Optional.empty(), Optional.empty());
  }

  LiveLine at(Stage next) {
    return new LiveLine(task, start, next, Optional.empty(), agent);
  }

  LiveLine with(TransferProgress progress) {
    return new LiveLine(task, start, stage, Optional.of(progress), agent);
  }

  LiveLine with(AgentReport report, String newest) {
    String work =
        "    "
            + report.name()
            + "  "
            + AgentText.brief(report.usage())
            + "  "
            + Harmless.line(newest);
    return new LiveLine(task, start, stage, transfer, Optional.of(work));
  }

  List<String> lines(Instant now) {
    return Stream.concat(Stream.of(text(now)), agent.stream()).toList();
  }

  private String text(Instant now) {
    return "  task "
        + task.id()
        + "  "
        + stage.word()
        + "  "
        + Durations.text(Duration.between(start, now))
        + transfer.map(LiveLine::progress).orElse("")
        + "  "
        + Harmless.line(task.title());
  }

  private static String progress(TransferProgress progress) {
    String share =
        progress.total().isPresent() && progress.total().getAsLong() > 0
            ? " " + 100 * progress.done() / progress.total().getAsLong() + " %"
            : "";
    return "  " + progress.activity() + share + "  " + Bytes.text(progress.bytes());
  }
}
