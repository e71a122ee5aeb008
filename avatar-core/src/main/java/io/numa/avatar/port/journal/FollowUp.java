package io.numa.avatar.port.journal;

import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TaskId;
import java.util.List;
import java.util.Optional;

/**
 * A task that the avatar gives itself: to deal with what people or checks say about a change
 * request.
 *
 * @param task {@code <task>+<n>}: the task that opened the change request, and a number from 1
 * @param attempt how many follow-ups there were without new input from people, with this one
 * @param items what it deals with, each once
 * @param head the newest commit when it was decided on
 * @param title the task's title
 * @param text the words for the coding agent, bounded and without secrets
 * @param commit what it has pushed
 */
public record FollowUp(
    TaskId task,
    WatchedChange change,
    int attempt,
    List<Item> items,
    CommitId head,
    String title,
    String text,
    State state,
    Optional<CommitId> commit) {
  public FollowUp {
    items = List.copyOf(items);
  }

  /**
   * A thread, or the failed checks of a commit.
   *
   * @param key names it within the change request
   * @param thread where its answer goes; empty for the change request itself
   */
  public record Item(String key, String thread) {}

  /** How far a follow-up is. */
  public enum State {
    /** It waits, or is being worked on. */
    OPEN,
    /** It has pushed a commit, and its items are answered. */
    DONE,
    /** It has failed, and its items may be taken up again. */
    FAILED,
    /** Its items are settled without a commit: answered, or given up by the operator. */
    LEFT,
    /** It was overtaken by others' work. It does not count. */
    DROPPED
  }

  /** The web address of its change request. */
  public String url() {
    return change.url();
  }

  /** Whether its items are not taken up again. */
  public boolean settles() {
    return state == State.DONE || state == State.LEFT;
  }

  /** The same with another state. */
  public FollowUp with(State other) {
    return new FollowUp(task, change, attempt, items, head, title, text, other, commit);
  }

  /** The same with the commit that it has pushed. */
  public FollowUp done(CommitId pushed) {
    return new FollowUp(
        task, change, attempt, items, head, title, text, State.DONE, Optional.of(pushed));
  }
}
