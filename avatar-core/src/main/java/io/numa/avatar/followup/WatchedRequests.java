package io.numa.avatar.followup;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Change requests that the avatar looks after once it has opened them. A follow-up, and a task that
 * continues another one, keep the text that is there. As safe for use by several threads as the
 * change requests behind it.
 */
public final class WatchedRequests implements ChangeRequests {
  private static final int MAX_TITLE = 200;

  private final ChangeRequests requests;
  private final FollowUpTasks tasks;
  private final Journal journal;
  private final Reviews reviews;
  private final Redactor redactor;
  private final boolean isOn;

  public WatchedRequests(
      ChangeRequests requests,
      FollowUpTasks tasks,
      FollowUpAccess access,
      FollowUpSettings settings) {
    this.requests = requests;
    this.tasks = tasks;
    this.journal = access.journal();
    this.reviews = access.reviews();
    this.redactor = access.redactor();
    this.isOn = settings.isOn();
  }

  @Override
  public ProposedChange open(ChangeRequest request) throws InterruptedException {
    Optional<TaskId> task = pusher(request);
    Optional<FollowUp> own = task.flatMap(id -> FollowUpIds.find(journal, id));
    if (own.isPresent()) {
      return new ProposedChange(own.get().url(), Standing.FOUND, List.of());
    }
    Optional<Task> asked = task.flatMap(tasks::lastRead);
    Optional<ProposedChange> continued = continued(request, asked);
    ProposedChange made = continued.isPresent() ? continued.get() : requests.open(request);
    boolean isOpen = made.standing() == Standing.OPENED || made.standing() == Standing.FOUND;
    return isOn && isOpen && asked.isPresent() ? watched(made, request, asked.get()) : made;
  }

  /** The task whose attempt has pushed the commit. */
  private Optional<TaskId> pusher(ChangeRequest request) {
    return journal.open().stream()
        .filter(attempt -> attempt.push().equals(Optional.of(request.pushed())))
        .map(JournaledAttempt::attempt)
        .map(attempt -> attempt.task())
        .findFirst();
  }

  /** The open change request of a task that continues another one, if it can be found. */
  private Optional<ProposedChange> continued(ChangeRequest request, Optional<Task> task)
      throws InterruptedException {
    RepositoryUrl repository = request.pushed().repository();
    Optional<String> url =
        task.flatMap(given -> given.options().continues())
            .filter(ContinuedTasks::isUrl)
            .or(
                () ->
                    task.filter(given -> given.options().continues().isPresent())
                        .flatMap(given -> known(request)));
    if (url.isEmpty() || !reviews.serves(repository)) {
      return Optional.empty();
    }
    ChangeReview review = reviews.read(repository, url.get());
    boolean same =
        review.branch().equals(request.pushed().branch())
            && review.target().equals(request.target());
    return review.open() && same
        ? Optional.of(new ProposedChange(url.get(), Standing.FOUND, List.of()))
        : Optional.empty();
  }

  private Optional<String> known(ChangeRequest request) {
    return journal.watched().stream()
        .filter(change -> change.repository().equals(request.pushed().repository()))
        .filter(change -> change.branch().equals(request.pushed().branch()))
        .filter(change -> change.target().equals(request.target()))
        .map(WatchedChange::url)
        .findFirst();
  }

  private ProposedChange watched(ProposedChange made, ChangeRequest request, Task task) {
    RepositoryUrl repository = request.pushed().repository();
    if (!reviews.serves(repository)) {
      return noted(
          made,
          "the avatar does not look after it, as its service is none of those that"
              + " git.follow_up supports");
    }
    String title = Redacted.of(task.title(), redactor).line().shortened(MAX_TITLE).toString();
    try {
      journal.watch(
          new WatchedChange(
              made.url(),
              task.id(),
              task.application(),
              title,
              repository,
              request.pushed().branch(),
              request.target()));
      return made;
    } catch (PortException e) {
      return noted(made, "the avatar does not look after it: " + e.getMessage());
    }
  }

  private static ProposedChange noted(ProposedChange made, String note) {
    var notes = new ArrayList<>(made.notes());
    notes.add(note);
    return new ProposedChange(made.url(), made.standing(), notes);
  }

  @Override
  public List<Trailer> trailers(RepositoryUrl repository, TaskId task) {
    return requests.trailers(repository, task);
  }
}
