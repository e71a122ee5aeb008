package io.numa.avatar.run.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepTextTest {
  private final StepText text = new StepText(Redactor.of(List.of(new Secret("s3cret"))));

  @Test
  void showsAPlanInALineForEachStep() {
    var plan = new PlanSource.Structured(DevelopmentPlan.of(run("make"), run("make", "s3cret")));

    assertThat(text.plan(plan).lines()).containsExactly("1. run make", "2. run make ***");
  }

  @Test
  void showsProseAsItIsWithoutSecretsAndShortened() {
    var prose =
        new PlanSource.Prose("Let people\nlog in with s3cret.\u001b[2J" + "x".repeat(20_000));

    assertThat(text.plan(prose))
        .startsWith("Let people\nlog in with ***.x")
        .endsWith("x…")
        .hasSize(16_001);
  }

  @Test
  void showsTheProblemsOfAPlanThatBreaksRules() {
    var invalid =
        new PlanSource.Invalid(
            List.of(new PlanProblem("", "it is a list"), new PlanProblem("/steps/0", "s3cret")));

    assertThat(text.plan(invalid).lines()).containsExactly("it is a list", "/steps/0: ***");
  }

  private static Step run(String... words) {
    return new Step.Run(
        new CommandLine.Argv(List.of(words)),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Set.of(0));
  }
}
