package io.numa.avatar.benchmarks;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.develop.PlanExecutor;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Carries out plans of one patch on a kept tree, as a task would. */
final class PlanRun {
  private final StandingTree tree;

  PlanRun(StandingTree tree) {
    this.tree = tree;
  }

  /**
   * Carries out a plan with one diff, and stages the result.
   *
   * @param base the commit to carry it out on
   */
  Attempt carryOut(CommitId base, Path diff) throws IOException, InterruptedException {
    var plan = DevelopmentPlan.of(new Step.Patch(new PatchText(Files.readAllBytes(diff), 1)));
    WorkingCopy copy = tree.at(base);
    var executor = executor(copy);
    long start = System.nanoTime();
    long applied;
    StagedChange change;
    try {
      ChangedPaths changed = executor.execute(plan);
      applied = System.nanoTime();
      change = copy.stage(changed, Long.MAX_VALUE);
    } catch (StageFailedException e) {
      return Attempt.refused(e.kind() + ": " + e.getMessage(), System.nanoTime() - start);
    } catch (PortException e) {
      return Attempt.refused(e.kind() + ": " + e.getMessage(), System.nanoTime() - start);
    }
    long staged = System.nanoTime();
    String id = tree.treeOf(change.commit("replayed").id());
    return new Attempt(id, "", applied - start, staged - applied);
  }

  private PlanExecutor executor(WorkingCopy copy) {
    return new PlanExecutor(
        copy,
        Workspace.of(copy.directory(), tree.scratch()),
        (step, directory) -> {
          throw new IllegalStateException("a replayed plan has no commands");
        },
        () -> new StepText(Redactor.of(List.of())),
        Clock.systemUTC());
  }
}
