package io.numa.avatar.cli.wiring;

import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.Health;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.SpendingReport;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.run.history.LogSearch;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An overview that is made when it is first looked at: to find out what the sandbox holds takes as
 * long as the first poll of the backend.
 */
final class LazyOverview implements Overview {
  private final Supplier<Overview> maker;
  private @Nullable Overview made;

  LazyOverview(Supplier<Overview> maker) {
    this.maker = maker;
  }

  private synchronized Overview overview() {
    Overview overview = made == null ? maker.get() : made;
    made = overview;
    return overview;
  }

  @Override
  public AvatarStatus status() {
    return overview().status();
  }

  @Override
  public Health health() {
    return overview().health();
  }

  @Override
  public TaskPage tasks(TaskQuery query) {
    return overview().tasks(query);
  }

  @Override
  public Optional<TaskStory> task(TaskId task) {
    return overview().task(task);
  }

  @Override
  public Optional<LogPart> log(TaskId task, Optional<AttemptId> attempt, long offset, int most) {
    return overview().log(task, attempt, offset, most);
  }

  @Override
  public Optional<LogSearch.Result> find(
      TaskId task, Optional<AttemptId> attempt, String text, long from) {
    return overview().find(task, attempt, text, from);
  }

  @Override
  public SpendingReport spending(SpendingReport.By by, LocalDate from) {
    return overview().spending(by, from);
  }

  @Override
  public Optional<String> change(TaskId task) {
    return overview().change(task);
  }
}
