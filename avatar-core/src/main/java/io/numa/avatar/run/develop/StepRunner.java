package io.numa.avatar.run.develop;

import io.numa.avatar.plan.Step;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.task.StageFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Carries out the steps that start programs. */
@FunctionalInterface
public interface StepRunner {
  /** Runs a step's command in a folder, to its end, and gives its exit code. */
  int run(Step.Run step, Path directory) throws StageFailedException, InterruptedException;

  /**
   * Hands a step to a coding agent, and returns when it has changed the tree.
   *
   * @param number the step's number in its plan
   * @param changed where the tree may differ from the checkout so far
   */
  default void agent(Step.Agent step, int number, ChangedPaths changed)
      throws StageFailedException, IOException, InterruptedException {
    PortException unknown = CodingAgents.unknown(step.agent().orElse(""), List.of());
    throw new StageFailedException(unknown.kind(), unknown.getMessage());
  }
}
