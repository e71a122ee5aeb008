package io.numa.avatar.run.develop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.IgnoredFiles;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.AttemptProgress;
import io.numa.avatar.run.StepLog;
import io.numa.avatar.run.command.AttemptSandboxes;
import io.numa.avatar.run.command.CommandLimits;
import io.numa.avatar.run.command.Commands;
import io.numa.avatar.run.command.Deadline;
import io.numa.avatar.run.command.WorkPlace;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanExecutorTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final String OWN = "1970-01-01T00:00:00.000Z [develop] ";
  private static final RepositoryUrl REPOSITORY =
      RepositoryUrl.parse("https://git.example.com/r.git");
  private static final CommandLine MAKE = new CommandLine.Argv(List.of("make", "it"));
  private static final Duration STALL = Duration.ofMinutes(3);
  private static final AttemptId ATTEMPT = AttemptId.random();

  @TempDir Path temp;
  private Path tree;
  private final AttemptProgress progress = new AttemptProgress(CLOCK, Redactor.of(List.of()));
  private RunLog log;
  private PlanExecutor executor;
  private final List<Command> commands = new ArrayList<>();
  private CommandResult result = new CommandResult.Exited(0, Duration.ofSeconds(12));

  @BeforeEach
  void prepare() throws IOException {
    tree = Files.createDirectory(temp.toRealPath().resolve("tree"));
    log = RunLog.open(temp.resolve("log"), 0, 1 << 20, Redactor.of(List.of()), CLOCK, text -> {});
    CommandRunner runner =
        (command, output) -> {
          commands.add(command);
          output.write("made\n".getBytes(UTF_8), 0, 5);
          return result;
        };
    executor =
        new PlanExecutor(
            new Copy(),
            Workspace.of(tree, temp.resolve("scratch")),
            (step, directory) ->
                commandsOf(runner)
                    .run(
                        Stage.DEVELOP,
                        new Command(
                            step.command(),
                            directory,
                            step.environment(),
                            step.timeout().orElse(Duration.ofMinutes(10))),
                        text -> {}),
            new StepLog(log, progress),
            CLOCK);
  }

  private Commands commandsOf(CommandRunner runner) {
    return new Commands(
        runner,
        log,
        new CommandLimits(new Deadline(CLOCK, Duration.ofHours(1)), STALL),
        ATTEMPT,
        new AttemptSandboxes(
            Sandboxes.NONE,
            new WorkPlace(REPOSITORY, tree, Set.of()),
            ATTEMPT,
            line -> {},
            report -> {}));
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void carriesOutStepsInOrderAndSaysSo() throws Exception {
    executor.execute(
        DevelopmentPlan.of(
            write("a"), new Step.Move(path("a"), path("b"), false), run(Optional.empty(), 0)));

    assertThat(tree.resolve("b")).hasContent("a");
    assertThat(temp.resolve("log"))
        .hasContent(
            OWN
                + "step 1 (write a): applied\n"
                + OWN
                + "step 2 (move a to b): applied\n"
                + OWN
                + "step 3 (run make it)\n"
                + OWN
                + "$ make it\n| made\n"
                + OWN
                + "exited with 0 after 12 s\n"
                + OWN
                + "step 3 (run make it): applied\n");
  }

  @Test
  void runsACommandWhereAndWithWhatItIsTold() throws Exception {
    Files.createDirectory(tree.resolve("web"));
    var step =
        new Step.Run(
            MAKE,
            Optional.of(path("web")),
            Map.of("CI", "1"),
            Optional.of(Duration.ofSeconds(5)),
            Set.of(0));

    executor.execute(DevelopmentPlan.of(step, run(Optional.empty(), 0)));

    assertThat(commands)
        .containsExactly(
            command(tree.resolve("web"), Map.of("CI", "1"), Duration.ofSeconds(5)),
            command(tree, Map.of(), Duration.ofMinutes(10)));
  }

  @Test
  void neverGivesACommandMoreTimeThanTheTaskHas() throws Exception {
    executor.execute(DevelopmentPlan.of(run(Optional.of(Duration.ofHours(2)), 0)));

    assertThat(commands).extracting(Command::timeout).containsExactly(Duration.ofHours(1));
  }

  @Test
  void takesTheExitCodesThatItIsTold() throws Exception {
    result = new CommandResult.Exited(3, Duration.ZERO);

    executor.execute(DevelopmentPlan.of(run(Optional.empty(), 3), write("a")));

    assertThat(tree.resolve("a")).exists();
  }

  @Test
  void stopsAtACommandThatFails() {
    result = new CommandResult.Exited(2, Duration.ZERO);

    var stopped = stopped(run(Optional.empty(), 0), write("a"));

    assertThat(stopped).hasMessage("step 1 (run make it): 'make it' exited with 2");
    assertThat(stopped.kind()).isEqualTo(FailureKind.COMMAND_FAILED);
    assertThat(stopped.exitCode()).isEqualTo(OptionalInt.of(2));
    assertThat(tree.resolve("a")).doesNotExist();
  }

  @Test
  void stopsAtACommandThatTakesTooLong() {
    result = new CommandResult.TimedOut(Duration.ofSeconds(90));

    var stopped = stopped(run(Optional.of(Duration.ofSeconds(90)), 0));

    assertThat(stopped)
        .hasMessage("step 1 (run make it): 'make it' was ended: it ran longer than 1 min 30 s");
    assertThat(stopped.kind()).isEqualTo(FailureKind.TIMEOUT);
  }

  @Test
  void stopsAtACommandThatTakesTooMuchRoom() {
    result = new CommandResult.OverLimit("its tree is larger than 10GiB (sandbox.limits.tree)");

    var stopped = stopped(run(Optional.empty(), 0));

    assertThat(stopped)
        .hasMessage(
            "step 1 (run make it): 'make it' was ended: "
                + "its tree is larger than 10GiB (sandbox.limits.tree)");
    assertThat(stopped.kind()).isEqualTo(FailureKind.DENIED);
  }

  @Test
  void makesOneChangeOfStepsOnFilesThatFollowEachOther() throws IOException {
    Files.writeString(tree.resolve("old"), "old");

    stopped(
        run(Optional.empty(), 0),
        write("new/file"),
        new Step.Move(path("old"), path("new/old"), false),
        new Step.Delete(path("none"), false));

    try (var left = Files.list(tree)) {
      assertThat(left).containsExactly(tree.resolve("old"));
    }
    assertThat(tree.resolve("old")).hasContent("old");
    assertThat(temp.resolve("log")).content().endsWith("[develop] steps 2 to 3 are taken back\n");
  }

  @Test
  void keepsWhatWasDoneBeforeACommand() {
    result = new CommandResult.Exited(1, Duration.ZERO);

    stopped(write("a"), run(Optional.empty(), 0));

    assertThat(tree.resolve("a")).exists();
  }

  @Test
  void saysWhereTheTreeMayHaveBeenTouched() throws Exception {
    Files.writeString(tree.resolve("old"), "old");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("dir"));
    Files.createDirectory(tree.resolve("dir"));

    ChangedPaths changed =
        executor.execute(
            DevelopmentPlan.of(write("link/a"), new Step.Move(path("old"), path("new/b"), false)));

    assertThat(changed.anywhere()).isFalse();
    assertThat(changed.paths())
        .containsExactlyInAnyOrder(path("dir/a"), path("old"), path("new"), path("new/b"));
  }

  @Test
  void doesNotKnowWhatCommandsHaveTouched() throws Exception {
    var plan = DevelopmentPlan.of(write("a"), run(Optional.empty(), 0), write("b"));

    assertThat(executor.execute(plan)).isEqualTo(ChangedPaths.ANYWHERE);
  }

  @Test
  void tellsWhatCameOfEachStep() {
    stopped(
        write("a"),
        write("a"),
        new Step.Delete(path("b"), true),
        run(Optional.empty(), 0),
        new Step.Delete(path("b"), false),
        write("never"));

    assertThat(progress.work().steps())
        .containsExactly(
            report(1, "write a", StepOutcome.APPLIED, Optional.empty()),
            report(2, "write a", StepOutcome.NO_CHANGE, Optional.empty()),
            report(3, "delete b", StepOutcome.NO_CHANGE, Optional.empty()),
            report(4, "run make it", StepOutcome.APPLIED, Optional.empty()),
            report(5, "delete b", StepOutcome.CONFLICT, Optional.of("'b' does not exist")));
  }

  private static StepReport report(
      int number, String label, StepOutcome outcome, Optional<String> message) {
    return new StepReport(number, label, outcome, Duration.ZERO, message);
  }

  @Test
  void namesTheStepThatFailed() {
    var stopped = stopped(write("a"), new Step.Delete(path("b"), false));

    assertThat(stopped).hasMessage("step 2 (delete b): 'b' does not exist");
    assertThat(stopped.kind()).isEqualTo(FailureKind.CONFLICT);
  }

  @ParameterizedTest
  @CsvSource({"CONFLICT", "DENIED", "INVALID_PLAN"})
  void passesOnWhatIsWrongWithAPatch(FailureKind kind) {
    var stopped = stopped(new Step.Patch(new PatchText(kind.name().getBytes(UTF_8), 1)));

    assertThat(stopped).hasMessage("step 1 (patch): could not apply the patch: no");
    assertThat(stopped.kind()).isEqualTo(kind);
  }

  @Test
  void writesNothingBelowAFile() throws IOException {
    Files.writeString(tree.resolve("a"), "");

    var stopped = stopped(write("a/b"));

    assertThat(stopped).hasMessage("step 1 (write a/b): 'a' is a file, but has to be a folder");
    assertThat(stopped.kind()).isEqualTo(FailureKind.CONFLICT);
  }

  @Test
  void needsACodingAgentForAnAgentStep() {
    var stopped = stopped(Step.Agent.of("do it"));

    assertThat(stopped)
        .hasMessage("step 1 (agent): no coding agent is configured; set one up under 'agents'");
    assertThat(stopped.kind()).isEqualTo(FailureKind.NO_AGENT);
  }

  @Test
  void stopsBetweenStepsWhenInterrupted() {
    var interrupting =
        DevelopmentPlan.of(new Step.Patch(new PatchText(new byte[0], 1)), write("a"));

    assertThatThrownBy(() -> executor.execute(interrupting))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(tree.resolve("a")).doesNotExist();
  }

  private StageFailedException stopped(Step... steps) {
    return catchThrowableOfType(
        StageFailedException.class, () -> executor.execute(DevelopmentPlan.of(steps)));
  }

  private static WorkspacePath path(String value) {
    return new WorkspacePath(value);
  }

  private static Step write(String path) {
    return new Step.Write(path(path), Step.Content.File.utf8(path));
  }

  private static Step run(Optional<Duration> timeout, int exitCode) {
    return new Step.Run(MAKE, Optional.empty(), Map.of(), timeout, Set.of(exitCode));
  }

  /** Only takes patches: an empty one interrupts, others fail with the kind that they name. */
  private Command command(Path folder, Map<String, String> environment, Duration limit) {
    return new Command(
        MAKE,
        folder,
        environment,
        limit,
        Optional.of(STALL),
        Optional.of(ATTEMPT),
        Optional.of(new SandboxSite(WorkKind.RUN, REPOSITORY, tree, Set.of())));
  }

  private final class Copy implements WorkingCopy {
    @Override
    public void apply(PatchText patch, Change change) {
      if (patch.diff().length == 0) {
        Thread.currentThread().interrupt();
      } else {
        throw new PortException(
            FailureKind.valueOf(new String(patch.diff(), UTF_8)), "could not apply the patch: no");
      }
    }

    @Override
    public Path directory() {
      return tree;
    }

    @Override
    public BaseCommit base() {
      throw new UnsupportedOperationException();
    }

    @Override
    public StagedChange stage(ChangedPaths changed, long largestFile) {
      throw new UnsupportedOperationException();
    }

    @Override
    public IgnoredFiles ignored() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
