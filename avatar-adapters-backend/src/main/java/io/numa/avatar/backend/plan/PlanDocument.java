package io.numa.avatar.backend.plan;

import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        @Nullable Boolean allowEmpty) {

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
          @Nullable FailOn failOn) {}

  /** The plan that a document without problems describes. */
  DevelopmentPlan plan() {
    Optional<Test> tests = Optional.ofNullable(test);
    return new DevelopmentPlan(
        IntStream.range(0, steps.size()).mapToObj(this::step).toList(),
        Optional.ofNullable(commit).map(Commit::message),
        tests.map(Test::command),
        tests.map(Test::timeout),
        Boolean.TRUE.equals(allowEmpty),
        new TestPolicy(tests.map(Test::baseline), tests.map(Test::failOn)));
  }

  private PlannedStep step(int index) {
    StepDocument step = steps.get(index);
    return new PlannedStep(index + 1, Optional.ofNullable(step.name()), step.step());
  }
}
