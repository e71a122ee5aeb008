package io.numa.avatar.run.test;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport.FailedTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Finds the failures of the base commit. If it cannot, the log says why. */
public final class Baseline {
  /** A missing program, or invalid settings: the change itself may correct them. */
  private static final Set<FailureKind> LIES_IN_THE_PROJECT =
      Set.of(FailureKind.COMMAND_FAILED, FailureKind.INVALID_PLAN);

  private final BaseFolder base;
  private final TestChoice choice;
  private final Tests tests;
  private final BaselineCache known;
  private final RunLog log;

  public Baseline(
      BaseFolder base, TestChoice choice, Tests tests, BaselineCache known, RunLog log) {
    this.base = base;
    this.choice = choice;
    this.tests = tests;
    this.known = known;
    this.log = log;
  }

  /**
   * Runs the base commit's tests, unless their result is cached.
   *
   * @param changed the command that tests the change
   */
  public Optional<BaselineFailures> find(CommandLine changed)
      throws IOException, InterruptedException {
    var key = new BaselineCache.Key(base.commit().tree(), choice.given(), changed);
    Optional<BaselineFailures> remembered = known.find(key);
    if (remembered.isPresent()) {
      log.say(Stage.TEST, "baseline: the base commit's files were tested before");
      return remembered;
    }
    Optional<BaselineFailures> failures = run();
    failures.filter(found -> !found.doubtful()).ifPresent(found -> known.remember(key, found));
    return failures;
  }

  private Optional<BaselineFailures> run() throws IOException, InterruptedException {
    try {
      Path root = base.ready();
      Optional<CommandLine> chosen = choice.in(root).command();
      return chosen.isPresent() ? run(chosen.get(), root) : without("the base commit has no tests");
    } catch (StageFailedException e) {
      return without(e.getMessage());
    } catch (PortException e) {
      if (LIES_IN_THE_PROJECT.contains(e.kind())) {
        return without(e.getMessage());
      }
      throw e;
    }
  }

  private Optional<BaselineFailures> run(CommandLine tested, Path root)
      throws StageFailedException, InterruptedException {
    log.say(
        Stage.TEST, "baseline: the tests on the base commit " + base.commit().id().abbreviated());
    Tests.Result result = tests.run(tested, root, Set.of());
    if (!result.results().whole()) {
      return without(String.join("; ", result.results().lost()));
    }
    log.say(Stage.TEST, "baseline: done; now the tests with the change");
    return Optional.of(
        new BaselineFailures(
            result.exitCode(),
            result.results().failures().stream().map(FailedTest::name).toList(),
            result.results().counts().run(),
            result.results().counts().skipped()));
  }

  private Optional<BaselineFailures> without(String reason) {
    log.say(Stage.TEST, "no baseline, so every failure counts: " + reason);
    return Optional.empty();
  }
}
