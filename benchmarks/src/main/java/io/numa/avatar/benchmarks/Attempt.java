package io.numa.avatar.benchmarks;

/**
 * How a patch was applied, by the avatar or by native Git.
 *
 * @param tree the id of the resulting tree; empty if it was refused
 * @param refusal why it was refused; empty if it was not
 * @param applyNanos for applying alone, in nanoseconds
 * @param treeNanos for writing the tree's id after that, in nanoseconds
 */
record Attempt(String tree, String refusal, long applyNanos, long treeNanos) {
  static Attempt refused(String why, long applyNanos) {
    return new Attempt("", why, applyNanos, 0);
  }

  boolean refused() {
    return tree.isEmpty();
  }

  long bothNanos() {
    return applyNanos + treeNanos;
  }
}
