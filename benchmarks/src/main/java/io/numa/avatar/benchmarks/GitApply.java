package io.numa.avatar.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** Applies patches with {@code git apply --index}, for comparison. */
final class GitApply {
  private final NativeGit git;

  GitApply(NativeGit git) {
    this.git = git;
  }

  /** Applies a diff to the tree and the index, and writes the index as a tree. */
  Attempt carryOut(Path diff) throws IOException, InterruptedException {
    long start = System.nanoTime();
    var applied =
        git.ask("apply", "--index", "--whitespace=nowarn", "--allow-empty", diff.toString());
    long between = System.nanoTime();
    if (!applied.succeeded()) {
      return Attempt.refused(applied.errors(), between - start);
    }
    var written = git.ask("write-tree");
    long end = System.nanoTime();
    return written.succeeded()
        ? new Attempt(written.output(), "", between - start, end - between)
        : Attempt.refused(written.errors(), end - start);
  }
}
