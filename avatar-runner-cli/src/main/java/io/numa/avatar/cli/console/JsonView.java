package io.numa.avatar.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.backend.report.OutcomeJson;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.PatchNotes;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;

/**
 * One JSON object per line and event, for programs. Every event has {@code time} and {@code event};
 * those of a task have {@code task}.
 */
public final class JsonView implements View {
  private final ObjectMapper json = new ObjectMapper();
  private final PrintWriter out;
  private final Clock clock;

  public JsonView(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void say(String line) {
    print(event("message").put("text", Harmless.text(line)));
  }

  @Override
  public void sayJson(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void began(Task task, Attempt attempt) {
    print(
        event("began", task.id())
            .put("attempt", attempt.id().toString())
            .put("title", task.title()));
  }

  @Override
  public void entered(TaskId task, Stage stage) {
    print(event("stage", task).put("stage", stage.word()));
  }

  @Override
  public void transferred(TaskId task, TransferProgress progress) {
    ObjectNode event =
        event("transfer", task)
            .put("activity", progress.activity())
            .put("done", progress.done())
            .put("bytes", progress.bytes());
    progress.total().ifPresent(total -> event.put("total", total));
    print(event);
  }

  @Override
  public void printed(TaskId task, String text) {
    print(event("log", task).put("text", text));
  }

  @Override
  public void patched(Path file, PatchNotes notes) {
    ObjectNode event =
        event("patch").put("file", file.toString()).put("pointers", notes.pointers());
    notes.options().forEach(event.putArray("am_options")::add);
    print(event);
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    print(outcome.fold(new Ended(event("ended", task))));
  }

  private ObjectNode event(String name, TaskId task) {
    return event(name).put("task", task.value());
  }

  private ObjectNode event(String name) {
    return json.createObjectNode().put("time", clock.instant().toString()).put("event", name);
  }

  private void print(ObjectNode event) {
    try {
      out.println(json.writeValueAsString(event));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event of strings and numbers is always JSON", e);
    }
  }

  /** Adds the task's outcome to the event. */
  private record Ended(ObjectNode event) implements TaskOutcome.Cases<ObjectNode> {
    @Override
    public ObjectNode delivered(TaskOutcome.Delivered outcome) {
      ObjectNode ended = work("done", outcome.work());
      if (outcome.work().tests().isEmpty()) {
        ended.putNull("tests");
      }
      return ended;
    }

    @Override
    public ObjectNode failed(TaskOutcome.Failed outcome) {
      return failure(outcome.failure(), outcome.work());
    }

    @Override
    public ObjectNode unavailable(TaskOutcome.Unavailable outcome) {
      return failure(outcome.failure(), outcome.work());
    }

    @Override
    public ObjectNode cancelled(TaskOutcome.Cancelled outcome) {
      return work("cancelled", outcome.work()).put("message", outcome.reason());
    }

    @Override
    public ObjectNode notOurs(TaskOutcome.NotOurs outcome) {
      return event.put("outcome", "dropped").put("message", outcome.reason());
    }

    private ObjectNode failure(Failure failure, WorkSummary work) {
      ObjectNode ended = work("failed", work);
      OutcomeJson.addFailure(ended, failure);
      return ended;
    }

    private ObjectNode work(String word, WorkSummary work) {
      event.put("outcome", word);
      OutcomeJson.addWork(event, work);
      work.tests()
          .map(TestReport::exitCode)
          .ifPresent(code -> event.withObjectProperty("tests").put("exit_code", code));
      work.agent()
          .map(report -> report.time().toMillis())
          .ifPresent(millis -> event.withObjectProperty("agent").put("duration_ms", millis));
      work.changeRequest()
          .flatMap(ChangeRequestReport::problem)
          .ifPresent(problem -> event.put("change_request_problem", problem));
      return event;
    }
  }
}
