package io.numa.avatar.run;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.test.Baseline;
import io.numa.avatar.run.test.BaselineFailures;
import io.numa.avatar.run.test.ChosenTests;
import io.numa.avatar.run.test.Comparison;
import io.numa.avatar.run.test.OutputExcerpt;
import io.numa.avatar.run.test.TestChoice;
import io.numa.avatar.run.test.Tests;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.FailedTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tests a changed project, and compares its failures with those of the base commit if configured.
 */
final class TestStage {
  private final StageContext context;
  private final Assignment assignment;
  private final WorkingCopy copy;
  private final List<WorkspacePath> changed;
  private final OutputExcerpt output = new OutputExcerpt();

  /** Will test {@code change}, which is staged in {@code copy}. */
  TestStage(StageContext context, Assignment assignment, WorkingCopy copy, StagedChange change) {
    this.context = context;
    this.assignment = assignment;
    this.copy = copy;
    this.changed = change.changes().stream().map(ChangedFile::path).toList();
  }

  /** Runs the project's tests; empty if it has none, or if none are to be run. */
  Optional<TestReport> run() throws StageFailedException, IOException, InterruptedException {
    context.enter(Stage.TEST);
    TestChoice choice = choice();
    ChosenTests chosen = choice.in(copy.directory());
    say(chosen.sentence());
    return chosen.command().isEmpty()
        ? Optional.empty()
        : Optional.of(test(chosen.command().get(), choice));
  }

  private TestChoice choice() {
    Optional<TestCommand> given =
        assignment
            .plan()
            .test()
            .or(() -> assignment.task().options().test())
            .or(assignment.application()::test);
    Ports ports = context.ports();
    return new TestChoice(given, ports.projectSettings(), ports.testDetection(), changed);
  }

  private TestReport test(CommandLine command, TestChoice choice)
      throws StageFailedException, IOException, InterruptedException {
    RunEnvironment environment = context.environment();
    Duration timeout = assignment.plan().testTimeout().orElse(context.limits().tests());
    var tests = new Tests(context.commands(), environment.clock(), timeout, copy.base()::list);
    Optional<BaselineFailures> base =
        policy().wantsBaseline()
            ? new Baseline(copy.base(), choice, tests, environment.baselineCache(), context.log())
                .find(command)
            : Optional.empty();
    Set<String> awaited = base.map(failures -> Set.copyOf(failures.names())).orElse(Set.of());
    return report(command, tests.run(command, copy.directory(), awaited, output), base);
  }

  /** The beginning and the end of what the tests printed. */
  OutputExcerpt output() {
    return output;
  }

  /** Whether the task may continue with this test result. */
  boolean passes(TestReport report) {
    return report.passes(policy().failsOn());
  }

  private TestPolicy policy() {
    return assignment.plan().testPolicy().or(context.settings().testPolicy());
  }

  private TestReport report(
      CommandLine command, Tests.Result result, Optional<BaselineFailures> base) {
    result.results().lost().forEach(this::say);
    sayWhatDoesNotCount(result);
    if (base.isEmpty()) {
      return report(command, result, result.results().failures());
    }
    var comparison = Comparison.of(base.get(), result);
    Optional<String> doubt = comparison.doubt(base.get(), result);
    if (doubt.isPresent()) {
      say("no comparison with the base commit, so every failure counts: " + doubt.get());
      return report(command, result, result.results().failures());
    }
    BaselineComparison names = comparison.names();
    say("against the base commit: " + TestSummary.of(names));
    return report(command, result, comparison.newFirst()).withBaseline(Optional.of(names));
  }

  private TestReport report(CommandLine command, Tests.Result result, List<FailedTest> failures) {
    return new TestReport(
            new StepText(context.settings().redactor()).command(command),
            result.exitCode(),
            result.results().counts(),
            result.duration(),
            failures.subList(0, Math.min(failures.size(), TestReport.MAX_FAILURES)))
        .withLost(result.results().lost())
        .withLastLines(explainsTheFailure(result) ? result.lastLines() : List.of());
  }

  /** Whether the command failed and no failed test tells why. */
  private static boolean explainsTheFailure(Tests.Result result) {
    return result.exitCode() != 0 && result.results().failures().isEmpty();
  }

  private void sayWhatDoesNotCount(Tests.Result result) {
    int failing = result.results().counts().failing();
    if (result.exitCode() == 0 && failing > 0) {
      say("the command succeeded, so failures in its reports do not count: " + failing);
    }
  }

  private void say(String line) {
    context.say(line);
  }
}
