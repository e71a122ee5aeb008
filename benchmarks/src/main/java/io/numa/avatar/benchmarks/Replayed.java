package io.numa.avatar.benchmarks;

/**
 * The result of replaying one change.
 *
 * @param diffBytes the size of the diff
 * @param avatar the result of the plan
 * @param git the result of native Git
 */
record Replayed(Change change, long diffBytes, Attempt avatar, Attempt git) {
  /** Whether the avatar's tree is the commit's. */
  boolean identical() {
    return avatar.tree().equals(change.tree());
  }

  boolean identicalByGit() {
    return git.tree().equals(change.tree());
  }

  /** What went wrong, in one line. */
  String miss() {
    String found =
        avatar.refused() ? avatar.refusal().lines().findFirst().orElse("") : avatar.tree();
    String byGit = git.refused() ? git.refusal().lines().findFirst().orElse("") : git.tree();
    return change.commit() + ": wanted " + change.tree() + ", got " + found + "; git: " + byGit;
  }
}
