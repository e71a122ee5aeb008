package io.numa.avatar.benchmarks;

import io.numa.avatar.git.StandingTree;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Carries out plans of one patch on a standing tree, as a task would. */
final class PlanRun {
  private final StandingTree tree;

  PlanRun(StandingTree tree) {
    this.tree = tree;
  }

  /**
   * Applies a diff to the tree, and stages what came of it.
   *
   * @param base the commit that the tree is a checkout of
   */
  Attempt carryOut(CommitId base, Path diff) throws IOException {
    var patch = new PatchText(Files.readAllBytes(diff), 1);
    WorkingCopy copy = tree.at(base);
    long start = System.nanoTime();
    long applied = start;
    try {
      copy.apply(patch);
      applied = System.nanoTime();
      copy.stage();
    } catch (PortException e) {
      return Attempt.refused(e.kind() + ": " + e.getMessage(), System.nanoTime() - start);
    }
    long staged = System.nanoTime();
    String id = tree.treeOf(copy.commit("replayed"));
    return new Attempt(id, "", applied - start, staged - applied);
  }
}
