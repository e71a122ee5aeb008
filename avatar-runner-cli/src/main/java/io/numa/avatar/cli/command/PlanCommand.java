package io.numa.avatar.cli.command;

import io.numa.avatar.backend.plan.PlanSchema;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.PlanFile;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code avatar plan …}: checks development plans, and describes them to editors. */
@Command(name = "plan", description = "Checks and describes development plans.")
final class PlanCommand {
  private final Terminals terminals;

  PlanCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Command(
      name = "check",
      description = "Says whether a plan keeps its rules, or all that is wrong.",
      // A mixin that is added later would replace the method's parameter.
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(
              paramLabel = "FILE",
              description = "The plan, JSON or YAML; - reads the standard input.")
          Path file) {
    DevelopmentPlan plan = PlanFile.read(file, terminals.in());
    terminals.out().println("the plan is right:");
    plan.steps().forEach(step -> terminals.out().println("  " + step.label()));
    plan.steps().forEach(this::noteAgent);
    terminals.out().flush();
    return ExitCode.SUCCESS;
  }

  private void noteAgent(PlannedStep step) {
    if (step.step() instanceof Step.Agent agent) {
      String which =
          agent.agent().map(name -> "the coding agent '" + name + "'").orElse("a coding agent");
      terminals.out().println("note: " + step.label() + " needs " + which + " in agents.available");
    }
  }

  @Command(name = "schema", description = "Prints the JSON Schema of development plans.")
  int schema() {
    terminals.out().print(PlanSchema.json());
    terminals.out().flush();
    return ExitCode.SUCCESS;
  }
}
