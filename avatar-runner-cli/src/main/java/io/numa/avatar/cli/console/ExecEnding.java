package io.numa.avatar.cli.console;

import io.numa.avatar.port.repository.PatchNotes;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last lines of {@code exec}: what there is now, what was not done, and what to type next. */
public final class ExecEnding {
  private final Delivery delivery;
  private final RepositoryUrl repository;
  private final BranchName branch;
  private final Paint paint;

  public ExecEnding(Delivery delivery, RepositoryUrl repository, BranchName branch, Paint paint) {
    this.delivery = delivery;
    this.repository = repository;
    this.branch = branch;
    this.paint = paint;
  }

  /** A patch that was written. */
  public record Written(Path file, PatchNotes notes) {}

  /** The lines for an outcome, without notes. */
  public List<String> of(TaskOutcome outcome, Optional<Written> patch) {
    if (!(outcome instanceof TaskOutcome.Delivered delivered)) {
      return failed(outcome);
    }
    return switch (delivery) {
      case PUSH -> pushed(delivered.work());
      case KEEP -> patch.map(written -> patched(written, delivered.work())).orElse(List.of());
      case SHOW -> List.of("dry run: not tested, not committed, not pushed");
    };
  }

  private List<String> pushed(WorkSummary work) {
    List<String> lines = new ArrayList<>();
    lines.add(
        done(work)
            + work.commit()
                .map(commit -> commit.abbreviated() + " is now branch ")
                .orElse("branch ")
            + branch
            + " of "
            + repository);
    if (isLocal()) {
      lines.add(next("look at it", "git " + inRepository() + "show " + branch));
    }
    return lines;
  }

  private List<String> patched(Written patch, WorkSummary work) {
    List<String> lines = new ArrayList<>();
    lines.add(done(work) + "the change is in " + patch.file() + "; nothing was pushed");
    List<String> words = new ArrayList<>(patch.notes().options());
    words.add(ShellWord.of(isHere() ? patch.file() : patch.file().toAbsolutePath()));
    String target = isLocal() ? inRepository() : "";
    String where = isLocal() ? "commit it" : "commit it in a clone";
    lines.add(next(where, "git " + target + "am " + String.join(" ", words)));
    lines.add(next("or push branch " + branch, "the same command with --push"));
    if (patch.notes().pointers() > 0) {
      int files = patch.notes().pointers();
      lines.add(
          note(
              (files == 1 ? "the content of 1 file is" : "the contents of " + files + " files are")
                  + " in Git LFS and not in the patch; --push sends them"));
    }
    return lines;
  }

  private List<String> failed(TaskOutcome outcome) {
    // The message of failed tests is their summary, which is printed above already.
    String text =
        outcome instanceof TaskOutcome.Failed failed && failed.failure().stage() == Stage.TEST
            ? tested(failed).orElse(Harmless.text(OutcomeText.of(outcome)))
            : Harmless.text(OutcomeText.of(outcome));
    int word = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
    List<String> lines = new ArrayList<>();
    lines.add(paint.red(text.substring(0, word)) + text.substring(word));
    outcome
        .summary()
        .flatMap(WorkSummary::keptPatch)
        .ifPresent(
            patch ->
                lines.add(
                    next(
                        "look at what the agent changed",
                        "git apply --stat " + ShellWord.of(Path.of(patch.path())))));
    return lines;
  }

  /** The end of a task whose tests have run, or were to run; empty if their summary is missing. */
  private static Optional<String> tested(TaskOutcome.Failed outcome) {
    return switch (outcome.failure().kind()) {
      case TESTS_FAILED -> Optional.of("failed at test: the tests failed");
      case COMMAND_FAILED ->
          outcome
              .work()
              .tests()
              .map(report -> report.notStarted() ? "could not be started" : "failed, no test did")
              .map(words -> "failed at test: the command " + words);
      default -> Optional.empty();
    };
  }

  private String done(WorkSummary work) {
    return work.tests().isPresent()
        ? paint.green("done") + ": "
        : paint.yellow("done, not tested") + ": ";
  }

  private String next(String what, String command) {
    return "  " + what + ": " + paint.bold(command);
  }

  /** A line about something that the operator might not expect. */
  public String note(String text) {
    return paint.yellow("note") + ": " + text;
  }

  private boolean isLocal() {
    return repository.transport() == RepositoryUrl.Transport.LOCAL;
  }

  /** Whether the working directory is in the repository's tree. */
  private boolean isHere() {
    return !isLocal() || Path.of("").toAbsolutePath().startsWith(repository.value());
  }

  private String inRepository() {
    return isHere() ? "" : "-C " + ShellWord.of(Path.of(repository.value())) + " ";
  }
}
