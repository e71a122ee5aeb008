package io.numa.avatar.run;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.change.TestFiles;
import io.numa.avatar.run.test.BaseVersions;
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
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.FailedTest;
import io.numa.avatar.task.agent.DilutedTests;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tests a changed project, and compares its failures with those of the base commit if configured.
 * Where a coding agent made the change, the base commit says how to test, and its versions of
 * changed tests run, too.
 */
final class TestStage {
  private final StageContext context;
  private final Assignment assignment;
  private final SetupStage project;
  private final StagedChange change;
  private final boolean byAgent;
  private List<WorkspacePath> rewritten = List.of();

  /**
   * Will test {@code change}, which is staged.
   *
   * @param byAgent whether a coding agent has worked on it
   */
  TestStage(
      StageContext context,
      Assignment assignment,
      SetupStage project,
      StagedChange change,
      boolean byAgent) {
    this.context = context;
    this.assignment = assignment;
    this.project = project;
    this.change = change;
    this.byAgent = byAgent;
  }

  /** Runs the project's tests, unless it has none or none are to be run. */
  Verdict run() throws StageFailedException, IOException, InterruptedException {
    context.enter(Stage.TEST);
    TestChoice choice = choice();
    ChosenTests chosen = chosen(choice);
    say(chosen.sentence());
    if (chosen.command().isEmpty()) {
      return new Verdict.Passed(change, Optional.empty());
    }
    Optional<TestReport> notSetUp = project.renew(change, byAgent);
    return notSetUp.isPresent()
        ? new Verdict.NotSetUp(notSetUp.get())
        : test(chosen.command().get(), choice);
  }

  private TestChoice choice() {
    Ports ports = context.ports();
    List<WorkspacePath> changed = change.changes().stream().map(ChangedFile::path).toList();
    return new TestChoice(
        assignment.givenTest(), ports.projectSettings(), ports.testDetection(), changed);
  }

  private ChosenTests chosen(TestChoice choice) throws IOException {
    boolean none = choice.given().filter(TestCommand.None.class::isInstance).isPresent();
    if (!byAgent || none) {
      return choice.in(copy().directory());
    }
    Path root = copy().base().checkOut();
    copy().ignored().outline(root);
    rewritten = rewritten(choice.scripts(root), choice.scripts(copy().directory()));
    Optional<ChosenTests> base = decided(choice, root);
    boolean sameCommand =
        base.isEmpty()
            || choice.given().isPresent()
            || base.get()
                .command()
                .equals(decided(choice, copy().directory()).flatMap(ChosenTests::command));
    if (!sameCommand || !rewritten.isEmpty()) {
      say("the change touches how the project is tested; the base commit's way counts");
      context.progress().testSetupChanged();
    }
    return choice.given().isPresent() || base.isEmpty()
        ? choice.in(copy().directory())
        : base.get();
  }

  /** The files of the base commit whose scripts for the tests are others now. */
  private static List<WorkspacePath> rewritten(
      Map<String, List<String>> base, Map<String, List<String>> now) {
    return base.entrySet().stream()
        .filter(script -> !script.getValue().equals(now.get(script.getKey())))
        .flatMap(script -> path(script.getKey()).stream())
        .sorted(Comparator.comparing(WorkspacePath::value))
        .toList();
  }

  /** The path; empty if no plan may name it. */
  private static Optional<WorkspacePath> path(String text) {
    try {
      return Optional.of(new WorkspacePath(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<ChosenTests> decided(TestChoice choice, Path root) throws IOException {
    try {
      return choice.ofFiles(root);
    } catch (PortException e) {
      return unlessInvalid(e);
    }
  }

  private static Optional<ChosenTests> unlessInvalid(PortException failure) {
    if (failure.kind() != FailureKind.INVALID_PLAN) {
      throw failure;
    }
    return Optional.empty();
  }

  private Verdict test(CommandLine command, TestChoice choice)
      throws StageFailedException, IOException, InterruptedException {
    RunEnvironment environment = context.environment();
    Duration timeout = assignment.plan().testTimeout().orElse(context.limits().tests());
    var tests = new Tests(project.commands(), environment.clock(), timeout, copy().base()::list);
    Optional<BaselineFailures> base =
        policy().wantsBaseline()
            ? new Baseline(project, choice, tests, environment.baselineCache(), context.log())
                .find(command)
            : Optional.empty();
    Set<String> awaited = base.map(failures -> Set.copyOf(failures.names())).orElse(Set.of());
    var output = new OutputExcerpt();
    Tests.Result result = tests.run(command, copy().directory(), awaited, output);
    TestReport report = report(command, result, base);
    context.progress().tested(report);
    return report.passes(policy().failsOn())
        ? unlessDiluted(report, command, tests, reference(result, base))
        : new Verdict.Failed(change, report, output);
  }

  private BaseVersions.Reference reference(Tests.Result result, Optional<BaselineFailures> base) {
    return new BaseVersions.Reference(result, base, policy().dilutes() != Dilution.REPORT);
  }

  /** Passes a tested change, unless it weakens tests and the policy does not allow that. */
  private Verdict unlessDiluted(
      TestReport report, CommandLine command, Tests tests, BaseVersions.Reference reference)
      throws StageFailedException, IOException, InterruptedException {
    List<WorkspacePath> files =
        Stream.concat(
                TestFiles.ofBase(change.changes()).stream().map(ChangedFile::path),
                rewritten.stream())
            .distinct()
            .toList();
    if (!byAgent || (files.isEmpty() && reference.known().isEmpty())) {
      return new Verdict.Passed(change, Optional.of(report));
    }
    if (!files.isEmpty()) {
      say("the change touches tests; now those of the base commit on the changed project");
    }
    var tree = Workspace.of(copy().directory(), context.home().resolve("scratch"));
    DilutedTests diluted =
        new BaseVersions(copy().base(), change, tree, tests).run(command, files, reference);
    context.checkTime();
    if (files.isEmpty() && diluted.fewer() == 0) {
      return new Verdict.Passed(change, Optional.of(report));
    }
    TestReport told = report.withDiluted(diluted);
    context.progress().tested(told);
    say(TestSummary.ofDiluted(told));
    boolean back = diluted.weakened() || diluted.verdict() == DilutedTests.Verdict.NOT_BUILT;
    return back && policy().dilutes() != Dilution.REPORT
        ? new Verdict.Diluted(change, told, policy().dilutes())
        : new Verdict.Passed(change, Optional.of(told));
  }

  /** The project may make the policy for weakened tests stricter. */
  private TestPolicy policy() {
    var projects =
        new TestPolicy(
            Optional.empty(), Optional.empty(), RepairPolicy.UNSAID, project.base().dilution());
    return assignment.plan().testPolicy().or(context.settings().testPolicy()).or(projects);
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

  private WorkingCopy copy() {
    return project.copy();
  }

  private void say(String line) {
    context.say(line);
  }
}
