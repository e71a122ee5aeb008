package io.numa.avatar.port.journal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which tasks to list. All conditions hold together; the newest task comes first.
 *
 * @param text a part of the task's id, title or branch, in upper or lower case
 * @param outcomes the outcomes wanted; empty for all
 * @param since only tasks whose last attempt began then or later; a waiting task has none
 * @param limit the most tasks of a page, from 1 to {@value #MOST}
 * @param after {@link TaskPage#next} of the page before; empty for the first page
 */
public record TaskQuery(
    Optional<String> text,
    Set<OutcomeWord> outcomes,
    Optional<Instant> since,
    int limit,
    Optional<String> after) {
  /** The most tasks of a page. */
  public static final int MOST = 200;

  /** The first 50 of all tasks. */
  public static final TaskQuery ALL =
      new TaskQuery(Optional.empty(), Set.of(), Optional.empty(), 50, Optional.empty());

  public TaskQuery {
    outcomes = Set.copyOf(outcomes);
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be from 1 to " + MOST + ": " + limit);
    }
  }

  /** Whether tasks with this outcome are wanted. */
  public boolean wants(OutcomeWord outcome) {
    return outcomes.isEmpty() || outcomes.contains(outcome);
  }

  /** The same tasks, where they contain {@code part}. */
  public TaskQuery withText(String part) {
    return new TaskQuery(Optional.of(part), outcomes, since, limit, after);
  }

  /** The same tasks, where they have one of these outcomes. */
  public TaskQuery withOutcomes(Set<OutcomeWord> wanted) {
    return new TaskQuery(text, wanted, since, limit, after);
  }

  /** The same tasks, where they began at {@code time} or later. */
  public TaskQuery withSince(Instant time) {
    return new TaskQuery(text, outcomes, Optional.of(time), limit, after);
  }

  /** The same tasks in pages of another size. */
  public TaskQuery withLimit(int most) {
    return new TaskQuery(text, outcomes, since, most, after);
  }

  /** The page that follows; {@code next} is {@link TaskPage#next} of the page before. */
  public TaskQuery withAfter(String next) {
    return new TaskQuery(text, outcomes, since, limit, Optional.of(next));
  }
}
