package io.numa.avatar.backend.plan;

import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.ReviewPolicy;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.TestPolicy.FailOn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A plan as written. The components are the keys of plans. */
record PlanDocument(
    @Key("The version of the language of plans: 1.") @Required Version version,
    @Key("The steps, in this order. The avatar pushes the result of all steps or" + " nothing.")
        @Required
        List<StepDocument> steps,
    @Key("The commit of the changes.") @Nullable Commit commit,
    @Key("How the changed tree is tested.") @Nullable Test test,
    @Key("Whether a plan that changes nothing is a success. Default: false.")
        @Nullable Boolean allowEmpty,
    @Key("The review of the change by another coding agent. Default: the configuration's.")
        @Nullable ReviewDocument review) {

  /** The versions of the language. */
  enum Version {
    ONE
  }

  record Commit(
      @Key(
              "The commit's message, without trailers. Default: the task's message, or one"
                  + " made from its title.")
          @Text(value = Text.NOT_BLANK, otherwise = "is blank")
          @Nullable String message) {}

  record Test(
      @Key(
              "A line for the shell, a list of a program and its arguments, or empty for no tests."
                  + " Default: the task's, the repository's, or found by its files.")
          @Nullable TestCommand command,
      @Key(
              "How long the tests may take: seconds, or text like 90s, 5m, 2h. Default: the"
                  + " configuration's.")
          @Nullable Duration timeout,
      @Key(
              "Whether the tests also run on the base commit, to tell new failures from old ones."
                  + " Default: the configuration's.")
          @Nullable Boolean baseline,
      @Key(
              "Which failures fail the task: any, or only those that the base commit does not have."
                  + " Default: the configuration's.")
          @Nullable FailOn failOn,
      @Key(
              "How often a coding agent gets failures of tests and guards back. Default: the"
                  + " configuration's.")
          @Nullable Integer repairs,
      @Key("The coding agent that gets the failures of steps without an agent back. Default: none.")
          @Text(value = Text.NOT_BLANK, otherwise = "is blank")
          @Nullable String repairAgent,
      @Key(
              "What follows if the change weakens tests of the base commit: report, repair or fail."
                  + " Raises the configured policy, and never lowers it.")
          @Nullable Dilution dilution) {
    TestPolicy policy() {
      return new TestPolicy(
          Optional.ofNullable(baseline),
          Optional.ofNullable(failOn),
          new RepairPolicy(
              repairs == null ? OptionalInt.empty() : OptionalInt.of(repairs),
              Optional.ofNullable(repairAgent)),
          Optional.ofNullable(dilution));
    }
  }

  /** The plan that a document without problems describes. */
  DevelopmentPlan plan() {
    Optional<Test> tests = Optional.ofNullable(test);
    return new DevelopmentPlan(
        IntStream.range(0, steps.size()).mapToObj(this::step).toList(),
        Optional.ofNullable(commit).map(Commit::message),
        tests.map(Test::command),
        tests.map(Test::timeout),
        Boolean.TRUE.equals(allowEmpty),
        tests.map(Test::policy).orElse(TestPolicy.UNSAID),
        review == null ? ReviewPolicy.UNSAID : review.policy());
  }

  private PlannedStep step(int index) {
    StepDocument step = steps.get(index);
    return new PlannedStep(index + 1, Optional.ofNullable(step.name()), step.step());
  }
}
