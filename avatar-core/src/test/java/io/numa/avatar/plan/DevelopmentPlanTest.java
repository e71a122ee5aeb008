package io.numa.avatar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DevelopmentPlanTest {
  private static final Step FIRST = new Step.Delete(new WorkspacePath("a"), false);
  private static final Step SECOND = new Step.Delete(new WorkspacePath("b"), true);

  @Test
  void numbersStepsFromOneAndSettlesNothingElse() {
    assertThat(DevelopmentPlan.of(FIRST, SECOND))
        .isEqualTo(
            planOf(
                List.of(
                    new PlannedStep(1, Optional.empty(), FIRST),
                    new PlannedStep(2, Optional.empty(), SECOND))));
  }

  @Test
  void labelsAStepByItsNameElseByWhatItDoes() {
    assertThat(new PlannedStep(1, Optional.empty(), FIRST).label()).isEqualTo("step 1 (delete a)");
    assertThat(new PlannedStep(2, Optional.of("tidy up"), SECOND).label())
        .isEqualTo("step 2 (tidy up)");
  }

  @Test
  void needsAStep() {
    assertThatIllegalArgumentException()
        .isThrownBy(DevelopmentPlan::of)
        .withMessage("a plan needs at least one step");
  }

  @Test
  void staysAsItWasMade() {
    var steps = new ArrayList<>(DevelopmentPlan.of(FIRST).steps());

    var plan = planOf(steps);
    steps.clear();

    assertThat(plan).isEqualTo(DevelopmentPlan.of(FIRST));
  }

  private static DevelopmentPlan planOf(List<PlannedStep> steps) {
    return new DevelopmentPlan(
        steps, Optional.empty(), Optional.empty(), Optional.empty(), false, TestPolicy.UNSAID);
  }
}
