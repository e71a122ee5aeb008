package io.numa.avatar.benchmarks.tasks;

import java.util.Optional;

/** The sides of the comparison: the avatar, and ways to use native Git. */
enum Side {
  AVATAR("avatar", Optional.empty()),
  SHALLOW("(a) clone per task, `--depth 1`", Optional.of("clone-shallow.sh")),
  FULL("(a) clone per task, full", Optional.of("clone-full.sh")),
  WORKTREE("(b) mirror, `git worktree` per task", Optional.of("mirror-worktree.sh")),
  KEPT("(c) one kept checkout", Optional.of("kept-checkout.sh"));

  private final String words;
  private final Optional<String> script;

  Side(String words, Optional<String> script) {
    this.words = words;
    this.script = script;
  }

  String words() {
    return words;
  }

  /** The script that uses native Git. */
  String script() {
    return script.orElseThrow();
  }
}
