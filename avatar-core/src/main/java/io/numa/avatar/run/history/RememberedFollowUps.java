package io.numa.avatar.run.history;

import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.FollowUpJournal;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.task.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The follow-ups of a journal in memory. Not thread-safe. */
public final class RememberedFollowUps implements FollowUpJournal {
  private static final int MOST = 200;

  private final Map<String, WatchedChange> changes = new LinkedHashMap<>();
  private final Map<TaskId, FollowUp> followUps = new LinkedHashMap<>();
  private final Predicate<TaskId> begun;

  /**
   * @param begun whether an attempt at a task was claimed, and is not forgotten
   */
  public RememberedFollowUps(Predicate<TaskId> begun) {
    this.begun = begun;
  }

  @Override
  public void watch(WatchedChange change) {
    changes.putIfAbsent(change.url(), change);
  }

  @Override
  public void unwatch(String url) {
    changes.remove(url);
    followUps
        .values()
        .removeIf(
            one ->
                one.url().equals(url)
                    && one.state() != FollowUp.State.OPEN
                    && !begun.test(one.task()));
  }

  @Override
  public List<WatchedChange> watched() {
    var newest = new ArrayList<>(changes.values());
    Collections.reverse(newest);
    return newest.stream().limit(MOST).toList();
  }

  @Override
  public void note(FollowUp followUp) {
    followUps.put(followUp.task(), followUp);
  }

  @Override
  public Optional<FollowUp> followUp(TaskId task) {
    return Optional.ofNullable(followUps.get(task));
  }

  @Override
  public List<FollowUp> followUps(String url) {
    return followUps.values().stream().filter(one -> one.url().equals(url)).toList();
  }

  /** The history of a task was forgotten. What it has settled still counts while it is watched. */
  public void forget(TaskId task) {
    followUps.computeIfPresent(task, (id, one) -> changes.containsKey(one.url()) ? one : null);
  }
}
