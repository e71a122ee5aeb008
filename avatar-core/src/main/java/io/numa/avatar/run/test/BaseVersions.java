package io.numa.avatar.run.test;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.change.BaseFiles;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.FailedTest;
import io.numa.avatar.task.agent.DilutedTests;
import io.numa.avatar.task.agent.DilutedTests.Verdict;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the base commit's versions of test files on the changed tree, and compares the result with
 * that of the changed versions. Afterwards the tree is as it was staged.
 */
public final class BaseVersions {
  /** The exit code of a command that signal n ended is this number and n. */
  private static final int SIGNALLED = 128;

  private static final int LAST_SIGNAL = 31;

  private final BaseCommit base;
  private final StagedChange change;
  private final Workspace tree;
  private final Tests tests;

  public BaseVersions(BaseCommit base, StagedChange change, Workspace tree, Tests tests) {
    this.base = base;
    this.change = change;
    this.tree = tree;
    this.tests = tests;
  }

  /**
   * What the changed versions are compared with.
   *
   * @param now their result
   * @param known the failures of the base commit, if its tests were run
   * @param confirmed whether a failure counts only if it occurs twice
   */
  public record Reference(Tests.Result now, Optional<BaselineFailures> known, boolean confirmed) {
    private int executed() {
      return BaseVersions.executed(now);
    }

    private Set<String> failures() {
      Set<String> names = new HashSet<>();
      now.results().failures().forEach(test -> names.add(test.name()));
      known.ifPresent(failures -> names.addAll(failures.names()));
      return names;
    }

    private boolean isWhole() {
      return now.results().whole();
    }
  }

  /**
   * Runs them.
   *
   * @param files the test files that the change touches; if there are none, only the numbers of
   *     tests are compared
   * @throws StageFailedException of kind {@code TIMEOUT} if the task has no time left
   */
  public DilutedTests run(CommandLine command, List<WorkspacePath> files, Reference reference)
      throws StageFailedException, IOException, InterruptedException {
    List<String> names =
        files.stream().map(WorkspacePath::value).limit(DilutedTests.MAX_NAMED).toList();
    if (files.isEmpty()) {
      return new DilutedTests(names, Verdict.PASSED, fewer(Optional.empty(), reference));
    }
    change.restoreTree();
    new BaseFiles(base.checkOut(), tree).put(files);
    Found found = find(command, files, reference);
    if (reference.confirmed() && found.verdict() == Verdict.FAILED) {
      found = found.and(find(command, files, reference));
    }
    change.restoreTree();
    return new DilutedTests(
        names, found.verdict(), fewer(found.executed(), reference), found.failing());
  }

  /**
   * What a run found.
   *
   * @param executed how many tests ran; empty if that says nothing
   */
  private record Found(Verdict verdict, Optional<Integer> executed, List<String> failing) {
    /** What both runs found. */
    Found and(Found other) {
      List<String> both = failing.stream().filter(other.failing::contains).toList();
      boolean unnamed = failing.isEmpty() && other.failing.isEmpty();
      return other.verdict == Verdict.FAILED && (unnamed || !both.isEmpty())
          ? new Found(Verdict.FAILED, other.executed, both)
          : new Found(
              other.verdict == Verdict.FAILED ? Verdict.PASSED : other.verdict,
              other.executed,
              List.of());
    }
  }

  private Found find(CommandLine command, List<WorkspacePath> files, Reference reference)
      throws StageFailedException, InterruptedException {
    try {
      return found(tests.run(command, tree.root(), Set.of()), files, reference);
    } catch (StageFailedException e) {
      // Tests that hang on the changed tree do not pass. If the whole task has no time left, this
      // is thrown again by the caller.
      return new Found(Verdict.FAILED, Optional.empty(), List.of());
    } catch (PortException e) {
      if (e.kind() != FailureKind.COMMAND_FAILED) {
        throw e;
      }
      return new Found(Verdict.NOT_BUILT, Optional.empty(), List.of());
    }
  }

  private static Found found(Tests.Result result, List<WorkspacePath> files, Reference reference) {
    List<String> paths = files.stream().map(WorkspacePath::value).toList();
    Set<String> excused = reference.failures();
    List<FailedTest> fresh =
        result.results().failures().stream()
            .filter(test -> !excused.contains(test.name()))
            .toList();
    boolean allRan =
        executed(result) >= reference.executed() && !LoadFailures.areSaidIn(result.lastLines());
    List<String> failing =
        fresh.stream()
            .filter(test -> !LoadFailures.is(test, paths, allRan))
            .map(BaseVersions::line)
            .limit(DilutedTests.MAX_NAMED)
            .toList();
    boolean explained =
        fresh.isEmpty()
            && !result.results().failures().isEmpty()
            && reference.now().exitCode() != 0;
    if (result.exitCode() == 0 || explained) {
      return new Found(Verdict.PASSED, executedIfWhole(result), List.of());
    }
    boolean failed = !failing.isEmpty() || died(result) || failsWithoutResults(result, reference);
    return failed
        ? new Found(Verdict.FAILED, executedIfWhole(result), failing)
        : new Found(Verdict.NOT_BUILT, Optional.empty(), List.of());
  }

  /** Whether a signal ended the command while it ran. */
  private static boolean died(Tests.Result result) {
    return result.exitCode() > SIGNALLED && result.exitCode() <= SIGNALLED + LAST_SIGNAL;
  }

  /** Of tools whose results the avatar cannot read, the exit code and the last lines tell. */
  private static boolean failsWithoutResults(Tests.Result result, Reference reference) {
    return reference.now().results().isEmpty()
        && result.results().isEmpty()
        && !TestReport.saysNotStarted(result.exitCode())
        && !LoadFailures.areSaidIn(result.lastLines());
  }

  private static String line(FailedTest test) {
    return test.name() + test.message().lines().findFirst().map(m -> ": " + m).orElse("");
  }

  private static Optional<Integer> executedIfWhole(Tests.Result result) {
    return result.results().whole() ? Optional.of(executed(result)) : Optional.empty();
  }

  private static int executed(Tests.Result result) {
    var counts = result.results().counts();
    return counts.run() - counts.skipped();
  }

  /** By how many fewer tests ran than the base's versions have, and than the base commit has. */
  private static int fewer(Optional<Integer> baseVersions, Reference reference) {
    int most =
        Math.max(
            baseVersions.orElse(0),
            reference.known().map(base -> base.tests() - base.skipped()).orElse(0));
    return reference.isWhole() ? Math.max(0, most - reference.executed()) : 0;
  }
}
