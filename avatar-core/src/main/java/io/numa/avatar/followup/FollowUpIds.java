package io.numa.avatar.followup;

import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.task.TaskId;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ids of the tasks that the avatar gives itself: {@code <task>+<n>}. */
final class FollowUpIds {
  private static final Pattern FORM = Pattern.compile(".+\\+[1-9][0-9]*", Pattern.DOTALL);

  private FollowUpIds() {}

  /** The follow-up of that id; empty for a task of the backend. */
  static Optional<FollowUp> find(Journal journal, TaskId task) {
    return FORM.matcher(task.value()).matches() ? journal.followUp(task) : Optional.empty();
  }

  /** An id that no task has yet. */
  static TaskId next(Journal journal, WatchedChange change) {
    int number = journal.followUps(change.url()).size() + 1;
    while (true) {
      var id = new TaskId(change.task() + "+" + number);
      if (journal.followUp(id).isEmpty() && journal.record(id).isEmpty()) {
        return id;
      }
      number++;
    }
  }
}
