package io.numa.avatar.run.setup;

import io.numa.avatar.plan.ProjectFile.Setup;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.command.Commands;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.test.report.TestOutput;
import io.numa.avatar.run.text.Names;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the setup of a project, or puts back what it made before, in the tree of a working copy and
 * beside it. Of what a setup makes, the ignored files stay; they are saved only where no step has
 * changed the tree, so that no task can change what a later one gets. Used by the attempt's thread
 * only.
 */
public final class ProjectSetup {
  private static final int NAMED = 5;

  private final WorkingCopy copy;
  private final Commands commands;
  private final RunLog log;
  private final Clock clock;
  private final Duration timeout;

  /** The commit of the task's own branch on which the change is based; empty if it is another. */
  private final Optional<CommitId> ofBranch;

  /** The key of what is in the tree; empty if no setup has run there or its key is not known. */
  private Optional<String> inTree = Optional.empty();

  /**
   * @param timeout for a setup that has none of its own
   */
  public ProjectSetup(
      WorkingCopy copy, Commands commands, RunLog log, Clock clock, Duration timeout) {
    this.copy = copy;
    this.commands = commands;
    this.log = log;
    this.clock = clock;
    this.timeout = timeout;
    this.ofBranch =
        copy.base().isOfOwnBranch() ? Optional.of(copy.base().id()) : Optional.<CommitId>empty();
  }

  /**
   * Gets the tree ready, before any step. Ignored files that an earlier task left there go.
   *
   * @return the result of the command if it failed
   * @throws StageFailedException of kind {@code TIMEOUT} if it takes too long
   */
  public Optional<TestReport> prepare(Setup setup)
      throws StageFailedException, IOException, InterruptedException {
    StagedChange untouched = copy.stage(ChangedPaths.NOWHERE, Long.MAX_VALUE);
    Optional<String> key = keyOfBase(setup);
    if (restore(setup, key, copy.directory())) {
      inTree = key;
      return Optional.empty();
    }
    Optional<TestReport> failure = run(setup, copy.directory());
    if (failure.isEmpty()) {
      removeWhatIsNotIgnored(untouched);
      copy.ignored().save(ownKey(key.orElseThrow()));
      inTree = key;
    }
    return failure;
  }

  /**
   * The key under which the tree's files are saved. An earlier task may have committed to the
   * task's own branch; what its commits make is for these commits only.
   */
  private String ownKey(String key) {
    return ofBranch.map(commit -> SetupKey.ofCommit(key, commit)).orElse(key);
  }

  private Optional<String> keyOfBase(Setup setup) throws IOException {
    return SetupKey.of(setup, copy.directory(), Optional.of(copy.base().tree()));
  }

  /**
   * Whether the tree has to be set up again, before a change of it is tested.
   *
   * @param doubted whether a coding agent may have changed what the setup made
   */
  public boolean isOutdated(Setup setup, boolean doubted) throws IOException {
    return doubted || inTree.isEmpty() || !inTree.equals(keyOfChange(setup));
  }

  private Optional<String> keyOfChange(Setup setup) throws IOException {
    return SetupKey.of(setup, copy.directory(), Optional.empty());
  }

  /**
   * Gets the tree of a change ready again, before the change is tested.
   *
   * @param doubted whether all ignored files are removed before
   * @return the result of the command if it failed
   */
  public Optional<TestReport> renew(Setup setup, StagedChange change, boolean doubted)
      throws StageFailedException, IOException, InterruptedException {
    Optional<String> key = keyOfChange(setup);
    if (doubted && restore(setup, key, copy.directory())) {
      inTree = key;
      return Optional.empty();
    }
    Optional<TestReport> failure = run(setup, copy.directory());
    inTree = failure.isEmpty() ? key : Optional.empty();
    change.restoreTree();
    return failure;
  }

  /**
   * Gets a folder with the base commit's files ready.
   *
   * @throws StageFailedException of kind {@code COMMAND_FAILED} if the setup fails
   */
  public void prepareBase(Setup setup, Path root)
      throws StageFailedException, IOException, InterruptedException {
    Optional<String> key = SetupKey.of(setup, root, Optional.of(copy.base().tree()));
    if (!restore(setup, key, root)) {
      Optional<TestReport> failure = run(setup, root);
      if (failure.isPresent()) {
        throw new StageFailedException(
            FailureKind.COMMAND_FAILED,
            "the setup of the base commit exited with " + failure.get().exitCode());
      }
    }
  }

  /** Puts back what was saved. If nothing was, the folder has no ignored files now. */
  private boolean restore(Setup setup, Optional<String> key, Path root)
      throws InterruptedException {
    if (key.isEmpty()) {
      copy.ignored().clear();
      return false;
    }
    boolean there =
        copy.ignored().restore(key.get(), root)
            || (ofBranch.isPresent() && copy.ignored().restore(ownKey(key.get()), root));
    if (there) {
      say("put back what " + command(setup) + " made before");
    }
    return there;
  }

  private String command(Setup setup) {
    return "'" + new StepText(commands.redactor()).command(setup.command()) + "'";
  }

  private Optional<TestReport> run(Setup setup, Path root)
      throws StageFailedException, InterruptedException {
    Instant start = clock.instant();
    var output = new TestOutput(Set.of(), commands.redactor());
    int code =
        commands.run(
            Stage.SETUP,
            new Command(setup.command(), root, Map.of(), setup.timeout().orElse(timeout)),
            output);
    output.end();
    return code == 0
        ? Optional.empty()
        : Optional.of(
            new TestReport(
                    new StepText(commands.redactor()).command(setup.command()),
                    code,
                    Counts.NONE,
                    Duration.between(start, clock.instant()),
                    List.of())
                .withLastLines(output.lastLines()));
  }

  /** Otherwise the commit would contain these files. */
  private void removeWhatIsNotIgnored(StagedChange untouched) {
    try {
      List<ChangedFile> others = copy.stage(ChangedPaths.ANYWHERE, Long.MAX_VALUE).changes();
      if (others.isEmpty()) {
        return;
      }
      say(
          "the setup also wrote "
              + Names.first(NAMED, others, file -> file.path().value())
              + "; .gitignore does not name them, so they are not kept");
    } catch (PortException e) {
      say("the setup also wrote what cannot be committed, which is not kept: " + e.getMessage());
    }
    untouched.restoreTree();
  }

  private void say(String line) {
    log.say(Stage.SETUP, line);
  }
}
