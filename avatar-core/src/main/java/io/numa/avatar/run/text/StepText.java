package io.numa.avatar.run.text;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How logs, statuses and messages show the steps and commands of a plan: without secrets, and
 * short. A command may be a script of any length.
 */
public record StepText(Redactor redactor) {
  private static final int MAX_NAME = 100;
  private static final int MAX_COMMAND = 500;
  private static final int MAX_SCRIPT = 4_000;
  private static final int MAX_EXCERPT = 300;
  private static final int MAX_PLAN = 16_000;

  /** A step at its place, such as {@code step 3 (edit README.md)}. */
  public String label(PlannedStep step) {
    return "step " + step.number() + " (" + name(step) + ")";
  }

  /** The name that the step's author gave it, or else a description; one line. */
  public String name(PlannedStep step) {
    String name = step.name().orElseGet(step.step()::summary);
    return whole(name).firstLine(MAX_NAME).toString();
  }

  /** The first line of a command, to name the command in a message. */
  public String command(CommandLine command) {
    return whole(command.display()).firstLine(MAX_COMMAND).toString();
  }

  /** A command with all its lines, for the log, which shows it once. */
  public String script(CommandLine command) {
    return whole(command.display()).shortened(MAX_SCRIPT).toString();
  }

  /** A whole plan: the text for an agent, or a line for each step or problem; shortened. */
  public String plan(PlanSource plan) {
    return whole(lines(plan)).shortened(MAX_PLAN).toString();
  }

  private String lines(PlanSource plan) {
    if (plan instanceof PlanSource.Prose prose) {
      return prose.text();
    }
    Stream<String> lines =
        plan instanceof PlanSource.Structured structured
            ? structured.plan().steps().stream().map(step -> step.number() + ". " + name(step))
            : ((PlanSource.Invalid) plan).problems().stream().map(PlanProblem::toString);
    return lines.collect(Collectors.joining("\n"));
  }

  /** The beginning of a text from a plan or a file. */
  public String excerpt(String text) {
    return whole(text).shortened(MAX_EXCERPT).toString();
  }

  private Redacted whole(String text) {
    return Redacted.of(text, redactor);
  }
}
