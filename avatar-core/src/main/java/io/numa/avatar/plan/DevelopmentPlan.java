package io.numa.avatar.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Steps to carry out in order, their tests, and the commit.
 *
 * @param commitMessage the commit's message without trailers; the task's or a default when empty
 * @param test how to test; found elsewhere when empty
 * @param testTimeout the configuration's when empty
 * @param allowEmpty whether an unchanged tree is a success
 * @param testPolicy what failures of the tests mean; the configuration fills its empty parts
 */
public record DevelopmentPlan(
    List<PlannedStep> steps,
    Optional<String> commitMessage,
    Optional<TestCommand> test,
    Optional<Duration> testTimeout,
    boolean allowEmpty,
    TestPolicy testPolicy) {

  public DevelopmentPlan {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a plan needs at least one step");
    }
  }

  /** A plan of {@code steps} without other settings. */
  public static DevelopmentPlan of(Step... steps) {
    var planned = new ArrayList<PlannedStep>();
    for (Step step : steps) {
      planned.add(new PlannedStep(planned.size() + 1, Optional.empty(), step));
    }
    return new DevelopmentPlan(
        planned, Optional.empty(), Optional.empty(), Optional.empty(), false, TestPolicy.UNSAID);
  }

  /** The same plan, tested in another way. */
  public DevelopmentPlan withTest(TestCommand newTest) {
    return new DevelopmentPlan(
        steps, commitMessage, Optional.of(newTest), testTimeout, allowEmpty, testPolicy);
  }

  /** The same plan, with another meaning of failures. */
  public DevelopmentPlan withTestPolicy(TestPolicy newPolicy) {
    return new DevelopmentPlan(steps, commitMessage, test, testTimeout, allowEmpty, newPolicy);
  }
}
