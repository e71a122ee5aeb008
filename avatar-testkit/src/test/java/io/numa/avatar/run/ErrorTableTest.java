package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MVN;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.RunSettings.Proposals;
import io.numa.avatar.run.RunSettings.Proposals.Mode;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryChangeRequests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The effect of each exception of a port on a run, at each call of a port.
 *
 * <p>The columns: the call (and which of its calls, from 1, fails); what it throws; how the run
 * ends, or what it throws; the last state that the backend receives; what the journal still
 * contains; whether the branch was pushed.
 */
class ErrorTableTest {
  private final Journal journal = Lasting.journal();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # before the claim: nothing has happened, and the worker comes again or sets it aside
          TaskSource.task 1             | UNAVAILABLE  | throws UNAVAILABLE  | -           | -    | no
          TaskSource.task 1             | NOT_FOUND    | throws NOT_FOUND    | -           | -    | no
          TaskSource.task 1             | UNAUTHORIZED | throws UNAUTHORIZED | -           | -    | no
          TaskSource.task 1             | INVALID_TASK | Failed INVALID_TASK | failed      | -    | no
          TaskSource.task 1             | INTERRUPTED  | throws INTERRUPTED  | -           | -    | no
          Journal.find 1                | UNAVAILABLE  | throws UNAVAILABLE  | -           | -    | no
          Journal.begin 1               | UNAVAILABLE  | throws UNAVAILABLE  | -           | -    | no
          # the claim: kept in the journal where it may have arrived
          StatusReporter.report 1       | UNAVAILABLE  | throws UNAVAILABLE  | -           | open | no
          StatusReporter.report 1       | UNAUTHORIZED | throws UNAUTHORIZED | -           | open | no
          StatusReporter.report 1       | INTERRUPTED  | throws INTERRUPTED  | -           | open | no
          StatusReporter.report 1       | DEFECT       | throws DEFECT       | -           | open | no
          StatusReporter.report 1       | TAKEN        | NotOurs             | -           | -    | no
          StatusReporter.report 1       | INTERNAL     | throws INTERNAL     | -           | -    | no
          Journal.claimed 1             | UNAVAILABLE  | throws UNAVAILABLE  | in_progress | open | no
          # reports on the way: tried again, or kept for better times; the work goes on
          StatusReporter.report 3       | UNAVAILABLE  | Delivered           | done        | -    | yes
          StatusReporter.report 3       | INTERNAL     | Delivered           | done        | -    | yes
          StatusReporter.report 3       | DEFECT       | Delivered           | done        | -    | yes
          StatusReporter.report 3       | UNAUTHORIZED | Delivered           | in_progress | open | yes
          StatusReporter.report 9       | UNAVAILABLE  | Delivered           | done        | -    | yes
          StatusReporter.report 9       | UNAUTHORIZED | Delivered           | in_progress | open | yes
          StatusReporter.report 9       | INTERNAL     | Delivered           | in_progress | -    | yes
          StatusReporter.append 1       | UNAVAILABLE  | Delivered           | done        | -    | yes
          StatusReporter.append 1       | INTERNAL     | Delivered           | done        | -    | yes
          StatusReporter.append 1       | UNAUTHORIZED | Delivered           | in_progress | open | yes
          # what the journal cannot note before it shows ends the task; what it notes after does not
          Journal.announce 3            | UNAVAILABLE  | Unavailable         | failed      | -    | no
          Journal.committed 1           | UNAVAILABLE  | Unavailable         | failed      | -    | no
          Journal.announce 9            | UNAVAILABLE  | Delivered           | done        | -    | yes
          Journal.pushed 1              | UNAVAILABLE  | Delivered           | done        | -    | yes
          Journal.acknowledged 1        | UNAVAILABLE  | Delivered           | done        | -    | yes
          Journal.told 2                | UNAVAILABLE  | Delivered           | done        | -    | yes
          Journal.settle 1              | UNAVAILABLE  | Delivered           | done        | open | yes
          # the work: it ends with what went wrong
          TaskSource.application 1      | UNAVAILABLE  | Delivered           | done        | -    | yes
          TaskSource.application 1      | NOT_FOUND    | Failed NOT_FOUND    | failed      | -    | no
          TaskSource.application 1      | UNAUTHORIZED | Failed UNAUTHORIZED | failed      | -    | no
          TaskSource.application 1      | INTERRUPTED  | Cancelled           | in_progress | open | no
          Repository.checkOut 1         | UNAVAILABLE  | Unavailable         | failed      | -    | no
          Repository.checkOut 1         | UNAUTHORIZED | Failed UNAUTHORIZED | failed      | -    | no
          Repository.checkOut 1         | NOT_FOUND    | Failed NOT_FOUND    | failed      | -    | no
          Repository.checkOut 1         | INTERRUPTED  | Cancelled           | in_progress | open | no
          Repository.checkOut 1         | DEFECT       | Failed INTERNAL     | failed      | -    | no
          WorkingCopy.apply 1           | CONFLICT     | Failed CONFLICT     | failed      | -    | no
          WorkingCopy.apply 1           | DENIED       | Failed DENIED       | failed      | -    | no
          WorkingCopy.apply 1           | DEFECT       | Failed INTERNAL     | failed      | -    | no
          CommandRunner.run 1           | COMMAND_FAILED | Failed COMMAND_FAILED | failed  | -    | no
          CommandRunner.run 1           | INTERRUPTED  | Cancelled           | in_progress | open | no
          CommandRunner.run 1           | DEFECT       | Failed INTERNAL     | failed      | -    | no
          WorkingCopy.stage 1           | DENIED       | Failed DENIED       | failed      | -    | no
          WorkingCopy.stage 1           | UNAVAILABLE  | Unavailable         | failed      | -    | no
          StagedChange.changes 1        | UNAVAILABLE  | Unavailable         | failed      | -    | no
          StagedChange.added 1          | UNAVAILABLE  | Unavailable         | failed      | -    | no
          ProjectSettings.read 1        | INVALID_PLAN | Failed INVALID_PLAN | failed      | -    | no
          TestDetection.detect 1        | DEFECT       | Failed INTERNAL     | failed      | -    | no
          StagedChange.commit 1         | UNAVAILABLE  | Unavailable         | failed      | -    | no
          StagedChange.commit 1         | DEFECT       | Failed INTERNAL     | failed      | -    | no
          LocalCommit.push 1            | UNAVAILABLE  | Unavailable         | failed      | -    | no
          LocalCommit.push 1            | UNAUTHORIZED | Failed UNAUTHORIZED | failed      | -    | no
          LocalCommit.push 1            | PUSH_REJECTED | Failed PUSH_REJECTED | failed    | -    | no
          LocalCommit.push 1            | INTERRUPTED  | Cancelled           | in_progress | open | no
          """)
  void saysWhatFollows(
      String call, String thrown, String ending, String told, String kept, String pushed)
      throws Exception {
    var world = new RunWorld(folder).withATaskForEveryPort();
    Ports ports = breaking(call, thrown).in(world.ports(journal));

    String ended = ending(world.runner(ports, RunListener.NONE));

    assertThat(ended).isEqualTo(ending);
    assertThat(toldLast(world)).isEqualTo(told);
    assertThat(journal.open()).hasSize(kept.equals("open") ? 1 : 0);
    assertThat(world.shop.branches().contains(BRANCH.value())).isEqualTo(pushed.equals("yes"));
    assertToldOnce(world);
  }

  /** As above, but another person pushes to the branch during the first run of the tests. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what they pushed can be joined with ours
          LocalCommit.replay 1    | theirs.txt | UNAVAILABLE  | Unavailable          | failed      | -    | no
          LocalCommit.replay 1    | theirs.txt | UNAUTHORIZED | Failed UNAUTHORIZED  | failed      | -    | no
          LocalCommit.replay 1    | theirs.txt | INTERRUPTED  | Cancelled            | in_progress | open | no
          LocalCommit.replay 1    | theirs.txt | DEFECT       | Failed INTERNAL      | failed      | -    | no
          StagedChange.commit 2   | theirs.txt | UNAVAILABLE  | Unavailable          | failed      | -    | no
          Journal.committed 2     | theirs.txt | UNAVAILABLE  | Unavailable          | failed      | -    | no
          LocalCommit.push 2      | theirs.txt | UNAVAILABLE  | Unavailable          | failed      | -    | no
          LocalCommit.push 2      | theirs.txt | PUSH_REJECTED | Failed PUSH_REJECTED | failed     | -    | no
          # it cannot; and that is the reported failure, with or without a rescue
          LocalCommit.rescue 1    | mine.txt   | UNAVAILABLE  | Failed CONFLICT      | failed      | -    | no
          LocalCommit.rescue 1    | mine.txt   | DENIED       | Failed CONFLICT      | failed      | -    | no
          LocalCommit.rescue 1    | mine.txt   | DEFECT       | Failed CONFLICT      | failed      | -    | no
          LocalCommit.rescue 1    | mine.txt   | INTERRUPTED  | Cancelled            | in_progress | open | no
          # it has been pushed, and what is asked of a service afterwards cannot undo that
          ChangeRequests.trailers 1 | theirs.txt | DEFECT     | Failed INTERNAL      | failed      | -    | no
          ChangeRequests.open 1   | theirs.txt | UNAVAILABLE  | Delivered            | done        | -    | yes
          ChangeRequests.open 1   | theirs.txt | UNAUTHORIZED | Delivered            | done        | -    | yes
          ChangeRequests.open 1   | theirs.txt | NOT_FOUND    | Delivered            | done        | -    | yes
          ChangeRequests.open 1   | theirs.txt | DEFECT       | Delivered            | done        | -    | yes
          ChangeRequests.open 1   | theirs.txt | INTERRUPTED  | Cancelled            | in_progress | open | yes
          """)
  void saysWhatFollowsWhenTheBranchMoves(
      String call,
      String theirs,
      String thrown,
      String ending,
      String told,
      String kept,
      String pushed)
      throws Exception {
    var world = new RunWorld(folder);
    world.shop.seed(BRANCH.value(), Map.of("a.txt", "a\n"));
    world.withPlan(
        DevelopmentPlan.of(write("mine.txt", "mine\n")).withTest(new TestCommand.Run(MVN)));
    var runs = new AtomicInteger();
    world.commands.answer(
        MVN.display(),
        (command, sink) -> {
          if (runs.incrementAndGet() == 1) {
            world.shop.seed(BRANCH.value(), Map.of(theirs, "theirs\n"));
          }
          return new CommandResult.Exited(0, Duration.ofSeconds(1));
        });

    String ended = ending(proposing(world, breaking(call, thrown)));

    assertThat(ended).isEqualTo(ending);
    assertThat(toldLast(world)).isEqualTo(told);
    assertThat(journal.open()).hasSize(kept.equals("open") ? 1 : 0);
    assertThat(world.shop.log(BRANCH.value())).hasSize(pushed.equals("yes") ? 3 : 2);
    assertThat(world.shop.files(BRANCH.value())).containsKeys("a.txt", theirs);
    assertToldOnce(world);
  }

  private TaskRunner proposing(RunWorld world, BreakingPort breaking) {
    return new TaskRunner(
        breaking.in(world.ports(journal, new InMemoryChangeRequests(RunWorld.SHOP))),
        world
            .settings()
            .withPush(
                new RunSettings.PushPolicy(false, new Proposals(Mode.READY, List.of(), List.of()))),
        RunListener.NONE,
        world.clock);
  }

  private static BreakingPort breaking(String call, String thrown) {
    String[] nth = call.split(" ", 2);
    return new BreakingPort(nth[0], Integer.parseInt(nth[1].strip()), failure(thrown));
  }

  private static Throwable failure(String name) {
    String message = "could not go on: it is broken";
    return switch (name) {
      case "INTERRUPTED" -> new InterruptedException();
      case "DEFECT" -> new IllegalStateException("oops");
      case "INVALID_TASK" ->
          new InvalidTaskException(TASK, TaskState.TODO, List.of("title: is missing"));
      case "NOT_FOUND" -> new NotFoundException(message);
      case "UNAUTHORIZED" -> new UnauthorizedException(message);
      case "TAKEN" -> new TaskTakenException(message);
      default -> new PortException(FailureKind.valueOf(name), message);
    };
  }

  private static String ending(TaskRunner runner) throws Exception {
    try {
      return describe(begin(runner, TASK).outcome());
    } catch (ExecutionException e) {
      return "throws "
          + (e.getCause() instanceof PortException known
              ? known.kind().name()
              : e.getCause() instanceof InterruptedException ? "INTERRUPTED" : "DEFECT");
    }
  }

  private static String describe(TaskOutcome outcome) {
    String name = outcome.getClass().getSimpleName();
    return outcome instanceof TaskOutcome.Failed failed
        ? name + " " + failed.failure().kind()
        : name;
  }

  private static String toldLast(RunWorld world) {
    List<StatusUpdate> updates = world.backend.updates(TASK);
    return updates.isEmpty()
        ? "-"
        : updates.get(updates.size() - 1).state().name().toLowerCase(Locale.ROOT);
  }

  private static void assertToldOnce(RunWorld world) {
    assertThat(world.backend.updates(TASK))
        .extracting(StatusUpdate::sequence)
        .doesNotHaveDuplicates();
    assertThat(world.backend.updates(TASK))
        .filteredOn(update -> update.finishedAt().isPresent())
        .hasSizeLessThan(2);
  }
}
