package io.numa.avatar.operation;

import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.run.history.LogSearch;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an operator sees of an avatar that does not run: what its journal and its files tell. */
public final class StoredOverview implements Overview {
  private final AvatarStatus.Identity avatar;
  private final int concurrency;
  private final TaskStories stories;
  private final DiskFloor disks;

  /**
   * @param concurrency how many tasks it would run at once
   * @param stories from the journal as it was left
   */
  public StoredOverview(
      AvatarStatus.Identity avatar, int concurrency, TaskStories stories, DiskFloor disks) {
    this.avatar = avatar;
    this.concurrency = concurrency;
    this.stories = stories;
    this.disks = disks;
  }

  @Override
  public AvatarStatus status() {
    OpenWork work = stories.journal().openWork();
    return new AvatarStatus(
        avatar,
        RunState.NOT_RUNNING,
        Optional.empty(),
        concurrency,
        List.of(),
        work.waiting(),
        why(work),
        BackendContact.NONE,
        disks.spaces(),
        stories.backlog(work));
  }

  private static List<Waiting> why(OpenWork work) {
    var why = new ArrayList<Waiting>();
    why.add(Waiting.of(Waiting.Kind.NOT_RUNNING, "no avatar is running"));
    work.pausedSince().ifPresent(since -> why.add(Waiting.paused(since)));
    return why;
  }

  @Override
  public Health health() {
    return new Health(List.of(), why(stories.journal().openWork()));
  }

  @Override
  public TaskPage tasks(TaskQuery query) {
    return stories.journal().page(query);
  }

  @Override
  public Optional<TaskStory> task(TaskId task) {
    return stories.story(task, Optional.empty());
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
    return stories.keptChange(task);
  }
}
