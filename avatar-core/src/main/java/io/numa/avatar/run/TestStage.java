package io.numa.avatar.run;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.FailedTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tests a changed project as it is to be tested, and tells what the change has to do with it where
 * that is asked for.
 */
final class TestStage {
  private final RunEnvironment environment;
  private final WorkingCopy copy;
  private final Commands commands;
  private final RunLog log;

  TestStage(RunEnvironment environment, WorkingCopy copy, Commands commands, RunLog log) {
    this.environment = environment;
    this.copy = copy;
    this.commands = commands;
    this.log = log;
  }

  /** Runs the project's tests; empty if it has none, or is to have none. */
  Optional<TestReport> run(DevelopmentPlan plan, Task task, Application application)
      throws StoppedException, IOException, InterruptedException {
    var choice = TestChoice.of(plan, task, application, environment.ports());
    Optional<TestCommand> chosen = choice.in(copy.directory());
    if (chosen.isEmpty()) {
      say("no tests: none were recognised in the project");
    } else if (chosen.get() instanceof TestCommand.Run told) {
      return Optional.of(test(told.command(), plan, choice));
    } else {
      say("no tests, as asked");
    }
    return Optional.empty();
  }

  private TestReport test(CommandLine command, DevelopmentPlan plan, TestChoice choice)
      throws StoppedException, IOException, InterruptedException {
    Duration timeout = plan.testTimeout().orElse(environment.settings().limits().tests());
    var tests = new Tests(commands, environment.clock(), timeout, copy.base()::list);
    Optional<BaseFailures> base =
        policy(plan).wantsBaseline()
            ? new Baseline(copy.base(), choice, tests, environment.baselines(), log).find()
            : Optional.empty();
    Set<String> awaited = base.map(failures -> Set.copyOf(failures.names())).orElse(Set.of());
    return report(command, tests.run(command, copy.directory(), awaited), base);
  }

  /** Whether the task may go on with what its tests gave. */
  boolean passes(TestReport report, DevelopmentPlan plan) {
    return report.passes(policy(plan).failsOn());
  }

  private TestPolicy policy(DevelopmentPlan plan) {
    return plan.testPolicy().or(environment.settings().testPolicy());
  }

  private TestReport report(CommandLine command, Tests.Result result, Optional<BaseFailures> base) {
    if (base.isPresent() && result.reports().namesAll()) {
      var comparison = Comparison.of(base.get(), result);
      BaselineComparison names = comparison.names();
      say("against the base commit: " + TestSummary.of(names));
      return report(command, result, comparison.newFirst(), Optional.of(names));
    }
    if (base.isPresent()) {
      say("no comparison with the base commit, so that any failure counts: too many tests fail");
    }
    return report(command, result, result.reports().failures(), Optional.empty());
  }

  private static TestReport report(
      CommandLine command,
      Tests.Result result,
      List<FailedTest> failures,
      Optional<BaselineComparison> baseline) {
    return new TestReport(
        command.display(),
        result.exitCode(),
        result.reports().counts(),
        result.duration(),
        failures.subList(0, Math.min(failures.size(), TestReport.MAX_FAILURES)),
        baseline);
  }

  private void say(String line) {
    log.say(Stage.TEST, line);
  }
}
