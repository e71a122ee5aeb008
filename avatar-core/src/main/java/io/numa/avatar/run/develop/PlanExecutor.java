package io.numa.avatar.run.develop;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.text.ExitText;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.time.Interrupts;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import io.numa.avatar.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan's steps on a working copy, in order, until one fails.
 *
 * <p>Consecutive file steps are one change: if one of them fails, all of them are undone. Single
 * use; not thread-safe.
 */
public final class PlanExecutor {
  private final Actions actions = new Actions();
  private final WorkingCopy copy;
  private final Workspace workspace;
  private final StepRunner runner;
  private final Watcher watcher;
  private final Clock clock;
  private @Nullable Change change;
  private ChangedPaths changed = ChangedPaths.NOWHERE;
  private int firstInChange;
  private int current;

  /**
   * @param workspace the files of {@code copy}
   */
  public PlanExecutor(
      WorkingCopy copy, Workspace workspace, StepRunner runner, Watcher watcher, Clock clock) {
    this.copy = copy;
    this.workspace = workspace;
    this.runner = runner;
    this.watcher = watcher;
    this.clock = clock;
  }

  /** Receives the results of the steps. */
  public interface Watcher {
    /** How messages show the steps. */
    StepText texts();

    default void begins(PlannedStep step) {}

    default void ended(StepReport report) {}

    /** These steps were carried out, and are undone because a later step failed. */
    default void takenBack(int first, int last) {}
  }

  /**
   * Carries out all steps.
   *
   * @return the paths of the tree that they may have changed
   * @throws StageFailedException if a step fails; the steps after it are not carried out
   * @throws InterruptedException if the thread was interrupted
   */
  public ChangedPaths execute(DevelopmentPlan plan)
      throws StageFailedException, InterruptedException {
    try {
      for (PlannedStep planned : plan.steps()) {
        current = planned.number();
        execute(planned);
      }
      keepChange();
      return changed;
    } catch (IOException e) {
      throw new StageFailedException(FailureKind.UNAVAILABLE, StepFailures.describe(e));
    } finally {
      takeBack();
    }
  }

  private void execute(PlannedStep planned) throws StageFailedException, InterruptedException {
    Instant start = clock.instant();
    watcher.begins(planned);
    try {
      StepOutcome outcome = perform(planned.step());
      watcher.ended(report(planned, outcome, start, Optional.empty()));
    } catch (StageFailedException e) {
      watcher.ended(
          report(planned, StepFailures.outcome(e.kind()), start, Optional.of(e.getMessage())));
      throw new StageFailedException(
          e.kind(), watcher.texts().label(planned) + ": " + e.getMessage(), e.exitCode());
    } catch (InterruptedException e) {
      watcher.ended(report(planned, StepOutcome.CANCELLED, start, Optional.empty()));
      throw e;
    }
  }

  /**
   * Carries out a step. Every failure except an interrupt becomes a {@link StageFailedException}.
   */
  private StepOutcome perform(Step step) throws StageFailedException, InterruptedException {
    try {
      StepOutcome outcome = step.fold(actions).perform();
      Interrupts.check();
      return outcome;
    } catch (PortException e) {
      Interrupts.check(); // an interrupt may have caused the failure of the port's call
      throw new StageFailedException(e.kind(), e.getMessage());
    } catch (WorkspaceException e) {
      throw new StageFailedException(e.kind(), e.getMessage());
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new StageFailedException(
          FailureKind.CONFLICT, "'" + e.getFile() + "' went away while it was used");
    } catch (AccessDeniedException e) {
      throw new StageFailedException(
          FailureKind.CONFLICT, "no permission to read or change '" + e.getFile() + "'");
    } catch (IOException e) {
      Interrupts.check();
      throw new StageFailedException(FailureKind.UNAVAILABLE, StepFailures.describe(e));
    } catch (InvalidPathException e) {
      throw new StageFailedException(
          FailureKind.DENIED, "no file can be called '" + e.getInput() + "': " + e.getReason());
    }
  }

  private StepReport report(
      PlannedStep planned, StepOutcome outcome, Instant start, Optional<String> message) {
    return new StepReport(
        planned.number(),
        watcher.texts().name(planned),
        outcome,
        Duration.between(start, clock.instant()),
        message);
  }

  private StepOutcome runCommand(Step.Run step)
      throws StageFailedException, IOException, InterruptedException {
    keepChange();
    changed = ChangedPaths.ANYWHERE;
    Path directory =
        step.directory().isPresent()
            ? workspace.folder(step.directory().get())
            : workspace.folder();
    int exitCode = runner.run(step, directory);
    if (!step.exitCodes().contains(exitCode)) {
      throw new StageFailedException(
          FailureKind.COMMAND_FAILED,
          "'" + watcher.texts().command(step.command()) + "' " + ExitText.of(exitCode),
          OptionalInt.of(exitCode));
    }
    return StepOutcome.APPLIED;
  }

  private StepOutcome runAgent(Step.Agent step)
      throws StageFailedException, IOException, InterruptedException {
    keepChange();
    ChangedPaths before = changed;
    changed = ChangedPaths.ANYWHERE;
    runner.agent(step, current, before);
    return StepOutcome.APPLIED;
  }

  private FileSteps files() throws IOException {
    return new FileSteps(change(), watcher.texts());
  }

  /** The current change of consecutive file steps; the first of them begins it. */
  private Change change() throws IOException {
    if (change == null) {
      change = workspace.begin();
      firstInChange = current;
    }
    return change;
  }

  private void keepChange() throws IOException {
    if (change != null) {
      change.keep();
      changed = changed.and(change.paths());
      closeChange();
    }
  }

  private void closeChange() throws IOException {
    Change closing = change;
    change = null;
    if (closing != null) {
      closing.close();
    }
  }

  /** Undoes the steps of the current change after one of them has failed. */
  private void takeBack() throws StageFailedException {
    if (change == null) {
      return;
    }
    try {
      closeChange();
    } catch (IOException e) {
      throw new StageFailedException(FailureKind.UNAVAILABLE, StepFailures.describe(e));
    }
    if (firstInChange < current) {
      watcher.takenBack(firstInChange, current - 1);
    }
  }

  /** The prepared action of a step. */
  @FunctionalInterface
  private interface Action {
    StepOutcome perform() throws StageFailedException, IOException, InterruptedException;
  }

  private final class Actions implements Step.Cases<Action> {
    @Override
    public Action write(Step.Write step) {
      return () -> files().write(step);
    }

    @Override
    public Action edit(Step.Edit step) {
      return () -> files().edit(step);
    }

    @Override
    public Action patch(Step.Patch step) {
      return () -> {
        copy.apply(step.diff(), change());
        return StepOutcome.APPLIED;
      };
    }

    @Override
    public Action move(Step.Move step) {
      return () -> files().move(step);
    }

    @Override
    public Action copy(Step.Copy step) {
      return () -> files().copy(step);
    }

    @Override
    public Action delete(Step.Delete step) {
      return () -> files().delete(step);
    }

    @Override
    public Action chmod(Step.Chmod step) {
      return () -> files().chmod(step);
    }

    @Override
    public Action check(Step.Assert step) {
      return () -> files().check(step);
    }

    @Override
    public Action run(Step.Run step) {
      return () -> runCommand(step);
    }

    @Override
    public Action agent(Step.Agent step) {
      return () -> runAgent(step);
    }
  }
}
