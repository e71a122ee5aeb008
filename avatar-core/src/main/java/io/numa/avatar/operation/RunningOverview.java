package io.numa.avatar.operation;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.run.history.LogSearch;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What an operator sees of the avatar of this process. */
public final class RunningOverview implements Overview {
  private final Supplier<AvatarStatus.Identity> avatar;
  private final WorkerFacts worker;
  private final LiveTasks live;
  private final TaskStories stories;
  private final Machine machine;

  /** To compare a working copy takes long; an agent changes it without an event. */
  private final Shared<AttemptId, Optional<String>> changes =
      new Shared<>(4, Duration.ofSeconds(1), () -> 0);

  /**
   * What is asked beside the journal.
   *
   * @param disks the disks that the avatar writes to
   * @param repository the repository that the tasks use
   */
  public record Machine(DiskFloor disks, Repository repository) {}

  /**
   * @param avatar tells who the avatar is now; answers at once
   * @param live listens to the worker's tasks
   * @param stories from the journal that the worker uses
   */
  public RunningOverview(
      Supplier<AvatarStatus.Identity> avatar,
      WorkerFacts worker,
      LiveTasks live,
      TaskStories stories,
      Machine machine) {
    this.avatar = avatar;
    this.worker = worker;
    this.live = live;
    this.stories = stories;
    this.machine = machine;
  }

  @Override
  public AvatarStatus status() {
    OpenWork work = stories.journal().openWork();
    return new AvatarStatus(
        avatar.get(),
        worker.runState(),
        worker.startedAt(),
        worker.concurrency(),
        live.running().stream().map(task -> numbered(task, work.attempts())).toList(),
        work.waiting(),
        worker.why(),
        worker.backend(),
        machine.disks().spaces(),
        stories.backlog(work));
  }

  private static RunningTask numbered(RunningTask task, List<OpenWork.OpenAttempt> open) {
    return open.stream()
        .filter(attempt -> attempt.attempt().equals(task.attempt()))
        .findFirst()
        .map(attempt -> task.withNumber(attempt.number()))
        .orElse(task);
  }

  @Override
  public Health health() {
    var stuck = new ArrayList<>(worker.stuck());
    stuck.addAll(live.stuck());
    return new Health(stuck, worker.unready());
  }

  @Override
  public TaskPage tasks(TaskQuery query) {
    return stories.journal().page(query);
  }

  @Override
  public Optional<TaskStory> task(TaskId task) {
    Optional<RunningTask> running = live.find(task);
    return stories.story(
        task, running.map(each -> numbered(each, stories.journal().openWork().attempts())));
  }

  @Override
  public Optional<LogPart> log(TaskId task, Optional<AttemptId> attempt, long offset, int most) {
    return stories.log(task, attempt, offset, most);
  }

  @Override
  public Optional<LogSearch.Result> find(
      TaskId task, Optional<AttemptId> attempt, String text, long from) {
    return stories.find(task, attempt, text, from);
  }

  @Override
  public SpendingReport spending(SpendingReport.By by, LocalDate from) {
    return SpendingReport.of(by, from, stories.journal().ledger(from));
  }

  @Override
  public Optional<String> change(TaskId task) {
    Optional<RunningTask> running = live.find(task).filter(each -> !each.reporting());
    return running
        .map(each -> changes.get(each.attempt(), () -> change(each)))
        .orElseGet(() -> stories.keptChange(task));
  }

  private Optional<String> change(RunningTask task) {
    Path home = stories.files().home(task.task(), task.attempt());
    var bytes = new BoundedBytes(TaskStories.MAX_CHANGE);
    try {
      machine.repository().writeLeftChange(home, live.largestFile(task.task()), bytes);
    } catch (IOException e) {
      throw new PortException(
          FailureKind.UNAVAILABLE,
          "could not read the change of task " + task.task() + ": " + e,
          e);
    }
    return bytes.isEmpty() ? Optional.empty() : Optional.of(bytes.shown(stories.redactor()));
  }
}
