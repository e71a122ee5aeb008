package io.numa.avatar.followup;

import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.ReviewComment;
import io.numa.avatar.port.repository.ReviewThread;
import io.numa.avatar.port.repository.ReviewThread.Standing;
import io.numa.avatar.task.CommitId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What there is to do about a change request: threads in which a person who counts has the last
 * word, and failed checks of its newest commit, each unless it is settled or answered.
 *
 * @param threads each with the comments of those who count alone
 * @param failed the failed checks of the newest commit
 */
record Findings(CommitId head, List<ReviewThread> threads, List<CommitChecks.Failed> failed) {
  /** The beginning of the keys of failed checks. */
  static final String CHECKS = "checks-";

  /** More threads wait for the next follow-up. */
  private static final int MAX_THREADS = 20;

  Findings {
    threads = List.copyOf(threads);
    failed = List.copyOf(failed);
  }

  /**
   * Finds the threads to deal with.
   *
   * @param settled the keys of what needs no more work
   * @param counts whether a comment is of a person who may ask for a change
   */
  static Findings of(ChangeReview review, Set<String> settled, Predicate<ReviewComment> counts) {
    var threads = new ArrayList<ReviewThread>();
    for (ReviewThread thread : review.threads()) {
      if (thread.standing() == Standing.OPEN && threads.size() < MAX_THREADS) {
        List<ReviewComment> heard = thread.comments().stream().filter(counts).toList();
        if (!heard.isEmpty() && !settled.contains(last(heard).id())) {
          threads.add(new ReviewThread(thread.id(), thread.place(), Standing.OPEN, heard));
        }
      }
    }
    return new Findings(review.head(), threads, List.of());
  }

  private static ReviewComment last(List<ReviewComment> comments) {
    return comments.get(comments.size() - 1);
  }

  /** The key of a commit's failed checks. */
  static String checksKey(CommitId commit) {
    return CHECKS + commit;
  }

  Findings withFailed(List<CommitChecks.Failed> checks) {
    return new Findings(head, threads, checks);
  }

  boolean isEmpty() {
    return threads.isEmpty() && failed.isEmpty();
  }

  /** What a follow-up of these deals with. */
  List<FollowUp.Item> items() {
    Stream<FollowUp.Item> said =
        threads.stream()
            .map(thread -> new FollowUp.Item(last(thread.comments()).id(), thread.id()));
    Stream<FollowUp.Item> checked =
        failed.isEmpty() ? Stream.of() : Stream.of(new FollowUp.Item(checksKey(head), ""));
    return Stream.concat(said, checked).toList();
  }

  /**
   * How many follow-ups there were without new input from people, with the one of these findings.
   * New input is a comment that no follow-up had, or a newest commit that no avatar has pushed.
   *
   * @param before the earlier follow-ups
   * @param answers the answers of all avatars
   */
  int attempt(List<FollowUp> before, List<Marker> answers) {
    Set<String> known = new HashSet<>();
    before.stream()
        .filter(one -> one.state() != FollowUp.State.DROPPED)
        .forEach(one -> one.items().forEach(item -> known.add(item.key())));
    if (threads.stream().anyMatch(thread -> !known.contains(last(thread.comments()).id()))) {
      return 1;
    }
    Stream<Integer> own =
        before.stream()
            .filter(one -> one.state() != FollowUp.State.DROPPED)
            .filter(one -> one.head().equals(head) || one.commit().equals(Optional.of(head)))
            .map(FollowUp::attempt);
    Stream<Integer> others =
        answers.stream().filter(one -> one.commit().equals(Optional.of(head))).map(Marker::attempt);
    return Stream.concat(own, others).max(Integer::compare).orElse(0) + 1;
  }
}
