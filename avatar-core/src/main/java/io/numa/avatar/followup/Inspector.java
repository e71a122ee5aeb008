package io.numa.avatar.followup;

import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.FollowUpJournal;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.ReviewComment;
import io.numa.avatar.port.repository.ReviewThread;
import io.numa.avatar.port.repository.ReviewThread.Standing;
import io.numa.avatar.port.repository.Reviews;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a change request, and judges whose comments count. Safe for use by several threads.
 *
 * <p>Comments of robots and of avatars never ask for anything. Only those who may push can say, by
 * a {@link Marker}, that something is answered; otherwise a stranger could silence a reviewer.
 */
final class Inspector {
  private final Reviews reviews;
  private final FollowUpJournal journal;
  private final FollowUpSettings settings;
  private final Writers writers;

  Inspector(Reviews reviews, FollowUpJournal journal, FollowUpSettings settings, Writers writers) {
    this.reviews = reviews;
    this.journal = journal;
    this.settings = settings;
    this.writers = writers;
  }

  Inspection inspect(WatchedChange change) throws InterruptedException {
    ChangeReview review = reviews.read(change.repository(), change.url());
    if (!settings.from().isEmpty()) {
      return judged(change, review, Writers.lowerCase(settings.from()));
    }
    Stream<ReviewComment> decisive =
        all(review).filter(comment -> isAnswer(comment) || isOfOpenThread(comment, review));
    var asked =
        new HashSet<>(
            decisive
                .filter(comment -> !comment.robot() && !isOwn(comment, review))
                .map(ReviewComment::author)
                .filter(author -> !author.isEmpty())
                .toList());
    return judged(change, review, writers.among(asked, change.repository()));
  }

  private Inspection judged(WatchedChange change, ChangeReview review, Set<String> allowed) {
    List<Marker> answers =
        all(review)
            .filter(comment -> comment.robot() || isOwn(comment, review) || isOf(comment, allowed))
            .flatMap(comment -> Marker.in(comment.text()).stream())
            .toList();
    Set<String> settled = settled(change);
    answers.forEach(answer -> settled.add(answer.key()));
    Findings findings =
        settings.reviews()
            ? Findings.of(review, settled, comment -> counts(comment, allowed))
            : new Findings(review.head(), List.of(), List.of());
    return new Inspection(review, answers, findings);
  }

  private static boolean counts(ReviewComment comment, Set<String> allowed) {
    return !comment.robot() && !isAnswer(comment) && isOf(comment, allowed);
  }

  private static boolean isOf(ReviewComment comment, Set<String> accounts) {
    return accounts.contains(Writers.lowerCase(comment.author()));
  }

  private static boolean isAnswer(ReviewComment comment) {
    return Marker.isIn(comment.text());
  }

  private static boolean isOwn(ReviewComment comment, ChangeReview review) {
    return review.self().filter(comment.author()::equalsIgnoreCase).isPresent();
  }

  private static boolean isOfOpenThread(ReviewComment comment, ChangeReview review) {
    return review.threads().stream()
        .filter(thread -> thread.standing() == Standing.OPEN)
        .anyMatch(thread -> thread.comments().contains(comment));
  }

  private static Stream<ReviewComment> all(ChangeReview review) {
    return Stream.concat(
        review.threads().stream().map(ReviewThread::comments).flatMap(List::stream),
        review.remarks().stream());
  }

  /** The keys of what needs no more work, as the journal has it. */
  private Set<String> settled(WatchedChange change) {
    Set<String> keys = new HashSet<>();
    journal.followUps(change.url()).stream()
        .filter(FollowUp::settles)
        .forEach(one -> one.items().forEach(item -> keys.add(item.key())));
    return keys;
  }
}
