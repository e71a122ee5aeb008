package io.numa.avatar.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Picks the changes to replay. Changes with rare traits come first, the rarest trait first, each
 * trait with an equal share at most. The others are short runs of commits, evenly over the whole
 * history; within a run, moving the tree to the next commit is fast.
 */
final class CommitPicker {
  private static final int RUN = 10;

  private CommitPicker() {}

  /**
   * Picks {@code count} changes, or all if there are fewer.
   *
   * @param history oldest first; the picked changes keep this order
   */
  static List<Change> pick(List<Change> history, int count) {
    Set<Change> picked = new LinkedHashSet<>();
    int share = count / (int) Arrays.stream(Trait.values()).filter(Trait::rare).count();
    for (Trait trait : byRarity(history)) {
      Predicate<Change> isNew = change -> change.shows(trait) && !picked.contains(change);
      long have = picked.stream().filter(change -> change.shows(trait)).count();
      picked.addAll(evenly(history.stream().filter(isNew).toList(), (int) (share - have), 1));
    }
    List<Change> others = history.stream().filter(change -> !picked.contains(change)).toList();
    picked.addAll(evenly(others, count - picked.size(), RUN));
    return history.stream().filter(picked::contains).toList();
  }

  private static List<Trait> byRarity(List<Change> history) {
    return Arrays.stream(Trait.values())
        .filter(Trait::rare)
        .sorted(
            Comparator.comparingLong(
                trait -> history.stream().filter(change -> change.shows(trait)).count()))
        .toList();
  }

  private static List<Change> evenly(List<Change> from, int count, int run) {
    if (count >= from.size()) {
      return from;
    }
    List<Change> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = (long) (i - i % run) * from.size() / count;
      some.add(from.get((int) start + i % run));
    }
    return some;
  }
}
