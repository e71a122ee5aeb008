package io.numa.avatar.benchmarks;

import io.numa.avatar.task.CommitId;
import java.util.Map;

/**
 * A commit with its parent, and what becomes of the parent's tree.
 *
 * @param tree the id of the commit's tree
 * @param traits how many files of the diff show each; those that none shows are absent
 */
record Change(CommitId commit, CommitId parent, String tree, Map<Trait, Integer> traits) {
  Change {
    traits = Map.copyOf(traits);
  }

  Change with(Map<Trait, Integer> newTraits) {
    return new Change(commit, parent, tree, newTraits);
  }

  boolean shows(Trait trait) {
    return traits.containsKey(trait);
  }
}
