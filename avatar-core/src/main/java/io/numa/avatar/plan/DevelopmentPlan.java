package io.numa.avatar.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Steps to carry out in order, their tests, and the commit.
 *
 * @param commitMessage the commit's message without trailers; the task's or a default when empty
 * @param test how to test; if empty, other settings decide
 * @param testTimeout how long the tests may run; if empty, the configuration's limit
 * @param allowEmpty whether the task succeeds if the tree is unchanged
 * @param testPolicy which test failures fail the task; the configuration fills its empty parts
 * @param review whether another agent reviews the change; may only be stricter than the
 *     configuration
 */
public record DevelopmentPlan(
    List<PlannedStep> steps,
    Optional<String> commitMessage,
    Optional<TestCommand> test,
    Optional<Duration> testTimeout,
    boolean allowEmpty,
    TestPolicy testPolicy,
    ReviewPolicy review) {

  public DevelopmentPlan {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a plan needs at least one step");
    }
  }

  /** A plan that asks for no review. */
  public DevelopmentPlan(
      List<PlannedStep> steps,
      Optional<String> commitMessage,
      Optional<TestCommand> test,
      Optional<Duration> testTimeout,
      boolean allowEmpty,
      TestPolicy testPolicy) {
    this(steps, commitMessage, test, testTimeout, allowEmpty, testPolicy, ReviewPolicy.UNSAID);
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

  /** A copy of this plan with another test command. */
  public DevelopmentPlan withTest(TestCommand newTest) {
    return new DevelopmentPlan(
        steps, commitMessage, Optional.of(newTest), testTimeout, allowEmpty, testPolicy, review);
  }

  /** A copy of this plan with another test policy. */
  public DevelopmentPlan withTestPolicy(TestPolicy newPolicy) {
    return new DevelopmentPlan(
        steps, commitMessage, test, testTimeout, allowEmpty, newPolicy, review);
  }

  /** A copy of this plan with another policy for reviews. */
  public DevelopmentPlan withReview(ReviewPolicy newReview) {
    return new DevelopmentPlan(
        steps, commitMessage, test, testTimeout, allowEmpty, testPolicy, newReview);
  }
}
