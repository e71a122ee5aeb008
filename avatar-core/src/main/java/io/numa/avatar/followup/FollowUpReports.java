package io.numa.avatar.followup;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.FollowUp.Item;
import io.numa.avatar.port.journal.FollowUp.State;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the reports of follow-ups in place of the backend, which has not asked for them: the last
 * report becomes the answers at the change request. All other reports pass through. As safe for use
 * by several threads as the reporter behind it.
 *
 * <p>A report is repeated until it succeeds, also by the next process. So before each answer, this
 * class reads which answers are there.
 */
public final class FollowUpReports implements StatusReporter {
  private static final Logger log = LoggerFactory.getLogger(FollowUpReports.class);

  private final StatusReporter reporter;
  private final Journal journal;
  private final Reviews reviews;
  private final FollowUpSettings settings;
  private final Inspector inspector;
  private final AnswerText text;

  public FollowUpReports(
      StatusReporter reporter, FollowUpAccess access, FollowUpSettings settings, Clock clock) {
    this.reporter = reporter;
    this.journal = access.journal();
    this.reviews = access.reviews();
    this.settings = settings;
    this.inspector =
        new Inspector(reviews, journal, settings, new Writers(access.reviews(), clock));
    this.text = new AnswerText(access.redactor());
  }

  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    Optional<FollowUp> own = FollowUpIds.find(journal, attempt.task());
    if (own.isEmpty()) {
      return reporter.report(attempt, update);
    }
    if (update.finishedAt().isPresent() && own.get().state() == State.OPEN) {
      conclude(own.get(), update);
    }
    return Optional.empty();
  }

  private void conclude(FollowUp own, StatusUpdate last) throws InterruptedException {
    Optional<CommitId> commit = last.work().commit();
    switch (OutcomeWord.of(last)) {
      case DONE -> answer(commit.map(own::done).orElseGet(() -> own.with(State.LEFT)), last);
      case CANCELLED -> journal.note(own.with(State.LEFT));
      default -> {
        if (isLast(own, last)) {
          answer(own.with(State.LEFT), last);
        } else {
          journal.note(own.with(State.FAILED));
        }
      }
    }
  }

  /** Another try would see the same, or there were enough of them. */
  private boolean isLast(FollowUp own, StatusUpdate last) {
    return own.attempt() >= settings.attempts()
        || last.failure().map(Failure::kind).equals(Optional.of(FailureKind.NO_CHANGES));
  }

  private void answer(FollowUp ended, StatusUpdate last) throws InterruptedException {
    try {
      Inspection now = inspector.inspect(ended.change());
      for (Item item : ended.items()) {
        if (now.review().open() && !now.isAnswered(item.key())) {
          reviews.answer(
              ended.change().repository(), ended.url(), item.thread(), text.of(ended, item, last));
        }
      }
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
      log.warn("Follow-up {} is not answered: {}", ended.task(), e.getMessage());
    }
    journal.note(ended);
  }

  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    return FollowUpIds.find(journal, attempt.task()).isPresent()
        ? Optional.empty()
        : reporter.renew(attempt, lastSent, count);
  }

  /**
   * Before a push: the change request must be open, its items without answers, and its newest
   * commit the one that the work began with. What was pushed since becomes the base of another
   * follow-up.
   */
  @Override
  public void confirm(Attempt attempt) throws InterruptedException {
    Optional<FollowUp> own = FollowUpIds.find(journal, attempt.task());
    if (own.isEmpty()) {
      reporter.confirm(attempt);
      return;
    }
    Inspection now = inspector.inspect(own.get().change());
    Optional<String> overtaken = overtaken(own.get(), now, base(attempt));
    if (overtaken.isPresent()) {
      log.info("Follow-up {} is not pushed: {}", attempt.task(), overtaken.get());
      throw new TaskTakenException(overtaken.get());
    }
  }

  private static Optional<String> overtaken(FollowUp own, Inspection now, Optional<CommitId> base) {
    if (!now.review().open()) {
      return Optional.of("its change request is closed or merged");
    }
    if (own.state() == State.OPEN
        && own.items().stream().anyMatch(item -> now.isAnswered(item.key()))) {
      return Optional.of("another avatar has answered");
    }
    return base.filter(began -> !began.equals(now.review().head()))
        .map(began -> "the branch has other commits since the work began");
  }

  /** The commit that the work began with. */
  private Optional<CommitId> base(Attempt attempt) {
    return journal
        .find(attempt.task())
        .flatMap(open -> open.latest())
        .flatMap(update -> update.work().base());
  }

  /** The log stays on this machine. */
  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    if (FollowUpIds.find(journal, attempt.task()).isEmpty()) {
      reporter.append(attempt, chunk);
    }
  }
}
