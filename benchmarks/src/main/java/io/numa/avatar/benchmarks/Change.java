package io.numa.avatar.benchmarks;

import io.numa.avatar.task.CommitId;
import java.util.Map;

/**
 * A commit with its parent and its tree.
 *
 * @param tree the id of the commit's tree
 * @param traits for each trait, the number of files of the diff that show it; traits without files
 *     are absent
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
