package io.numa.avatar.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Picks the changes to replay: first those that show something rare, the rarest first and of each
 * trait an equal share at most, then others evenly over the whole history.
 */
final class CommitPicker {
  private CommitPicker() {}

  /**
   * Picks {@code count} changes, or all if there are fewer.
   *
   * @param history oldest first; what is picked keeps this order
   */
  static List<Change> pick(List<Change> history, int count) {
    Set<Change> picked = new LinkedHashSet<>();
    int share = count / (int) Arrays.stream(Trait.values()).filter(Trait::rare).count();
    for (Trait trait : byRarity(history)) {
      Predicate<Change> isNew = change -> change.shows(trait) && !picked.contains(change);
      long have = picked.stream().filter(change -> change.shows(trait)).count();
      picked.addAll(evenly(history.stream().filter(isNew).toList(), (int) (share - have)));
    }
    List<Change> others = history.stream().filter(change -> !picked.contains(change)).toList();
    picked.addAll(evenly(others, count - picked.size()));
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

  private static List<Change> evenly(List<Change> from, int count) {
    List<Change> some = new ArrayList<>();
    int wanted = Math.min(count, from.size());
    for (int i = 0; i < wanted; i++) {
      some.add(from.get((int) ((long) i * from.size() / wanted)));
    }
    return some;
  }
}
