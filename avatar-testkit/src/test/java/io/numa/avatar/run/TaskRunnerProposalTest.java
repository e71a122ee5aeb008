package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.SECRET;
import static io.numa.avatar.run.RunWorld.SHOP;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.run.RunSettings.Proposals;
import io.numa.avatar.run.RunSettings.Proposals.Mode;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryChangeRequests;
import io.numa.avatar.testkit.fixture.ShownRequest;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Change requests after a push. */
class TaskRunnerProposalTest {
  private static final BranchName MAIN = new BranchName("main");

  @TempDir Path folder;
  private RunWorld world;
  private final Journal journal = Lasting.journal();
  private final InMemoryChangeRequests forge = new InMemoryChangeRequests(SHOP);

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withSteps(write("login.txt", "Who are you?\n"));
  }

  @Test
  void opensOneForWhatWasPushed() throws Exception {
    TaskOutcome outcome = runner(Mode.DRAFT).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(forge.requests()).hasSize(1);
    ShownRequest shown = forge.requests().get(0);
    assertThat(shown)
        .usingRecursiveComparison()
        .ignoringFields("body")
        .isEqualTo(
            new ShownRequest(
                "https://git.example.com/team/shop/changes/1",
                State.OPEN,
                BRANCH,
                MAIN,
                "Let people log in",
                "",
                true,
                Set.of("avatar"),
                Set.of("ada")));
    assertThat(shown.body())
        .contains("Let people log in")
        .contains("- `write login.txt`")
        .contains("no tests")
        .contains("Commit " + head())
        .contains("\nNuma-Task: T-1\n");
    assertThat(lastUpdate().work().changeRequest()).contains(ChangeRequestReport.at(shown.url()));
    assertThat(lastUpdate().message()).isEqualTo("done, not tested");
    assertThat(OutcomeText.of(outcome)).endsWith(" on " + BRANCH + ", " + shown.url());
    assertThat(world.logFile()).contains("[push] change request opened: " + shown.url() + "\n");
  }

  @Test
  void opensNoneUnlessAsked() throws Exception {
    runner(Mode.NONE).run(TASK);

    assertThat(forge.requests()).isEmpty();
    assertThat(lastUpdate().work().changeRequest()).isEmpty();
  }

  @Test
  void opensNoneForWhatFailed() throws Exception {
    world.withSteps(write("login.txt", ""), run("fail"));
    world.commands.answer("fail", 1, "");

    runner(Mode.READY).run(TASK);

    assertThat(forge.requests()).isEmpty();
  }

  @Test
  void goesToTheBaseOfTheTask() throws Exception {
    world.shop.seed("release", Map.of("README.md", "A shop.\n"));
    world.withTask(
        Task.of(
                TASK,
                "Let people log in",
                new ApplicationId("7"),
                BRANCH,
                new PlanSource.Structured(DevelopmentPlan.of(write("a.txt", ""))))
            .withBase(Optional.of(new BranchName("release"))));

    runner(Mode.READY).run(TASK);

    assertThat(forge.requests())
        .singleElement()
        .extracting(ShownRequest::target)
        .isEqualTo(new BranchName("release"));
  }

  @Test
  void goesToTheRemotesHeadIfNoBaseIsGiven() throws Exception {
    world.backend.addApplication(
        new Application(
            new ApplicationId("7"),
            "shop",
            SHOP,
            Optional.empty(),
            Optional.of(new TestCommand.None())));

    runner(Mode.READY).run(TASK);

    assertThat(forge.requests()).singleElement().extracting(ShownRequest::target).isEqualTo(MAIN);
  }

  @Test
  void staysDeliveredAndSaysWhyThereIsNone() throws Exception {
    forge.failWith(
        new PortException(
            FailureKind.UNAUTHORIZED, "could not open a change request: no " + SECRET));

    TaskOutcome outcome = runner(Mode.READY).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(lastUpdate().state()).isEqualTo(TaskState.DONE);
    assertThat(lastUpdate().message())
        .isEqualTo(
            "done, not tested, but without a change request: could not open a change request: no ***");
    assertThat(OutcomeText.of(outcome)).contains(", without a change request: could not open");
    assertThat(world.logFile())
        .contains("no change request: could not open")
        .doesNotContain(SECRET);
  }

  @Test
  void stillDeliversWhatIsCancelledMeanwhile() throws Exception {
    var asked = new CountDownLatch(1);
    var running = begin(runner(Mode.READY, hanging(asked)), TASK);
    RunWorld.await(asked);

    world.backend.cancel(TASK);

    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(lastUpdate().work().commit()).contains(head());
    assertThat(lastUpdate().message()).contains("without a change request: cancelled");
  }

  @Test
  void isOpenedByTheNextProcess() throws Exception {
    var asked = new CountDownLatch(1);
    var running = begin(runner(Mode.READY, hanging(asked)), TASK);
    RunWorld.await(asked);
    running.interrupt();
    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Cancelled.class);

    TaskOutcome outcome = begin(runner(Mode.READY), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(forge.requests()).hasSize(1);
    assertThat(forge.requests().get(0).body())
        .contains("- `write login.txt`")
        .contains("Commit " + head());
    assertThat(lastUpdate().work().changeRequest())
        .contains(ChangeRequestReport.at(forge.requests().get(0).url()));
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void isFoundByTheNextProcessIfItWasOpened() throws Exception {
    Attempt attempt = Attempt.of(TASK);
    runner(Mode.READY).run(TASK);
    CommitId commit = head();
    world.withSteps(write("login.txt", "Who are you?\n"));
    var progress = new AttemptProgress(world.clock, world.settings().redactor());
    StatusUpdate claim = progress.claim();
    journal.begin(attempt, 1);
    world.backend.report(attempt, claim);
    journal.claimed(attempt);
    journal.announce(attempt.id(), claim, 0);
    journal.committed(attempt.id(), new PendingPush(SHOP, BRANCH, commit));
    journal.pushed(attempt.id());

    TaskOutcome outcome = begin(runner(Mode.READY), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(forge.requests()).hasSize(1);
    assertThat(forge.requests().get(0).body()).contains("Numa-Attempt: " + attempt.id());
  }

  @Test
  void writesWhatTheServiceWantsIntoTheCommit() throws Exception {
    var wanting = new Wanting(new Trailer("Change-Id", "I" + "1".repeat(40)));

    runner(Mode.READY, wanting).run(TASK);

    assertThat(headMessage()).endsWith("\nChange-Id: I" + "1".repeat(40) + "\n");
    assertThat(wanting.asked).containsExactly(TASK);
  }

  @Test
  void writesNoTrailerUnlessAsked() throws Exception {
    runner(Mode.NONE, new Wanting(new Trailer("Change-Id", "I1"))).run(TASK);

    assertThat(headMessage()).doesNotContain("Change-Id");
  }

  /** Requires a trailer in commit messages. */
  private static final class Wanting implements ChangeRequests {
    private final Trailer trailer;
    private final List<TaskId> asked = new ArrayList<>();

    Wanting(Trailer trailer) {
      this.trailer = trailer;
    }

    @Override
    public ProposedChange open(ChangeRequest request) {
      return new ProposedChange("https://example.com/1", Standing.OPENED, List.of());
    }

    @Override
    public List<Trailer> trailers(RepositoryUrl repository, TaskId task) {
      assertThat(repository).isEqualTo(SHOP);
      asked.add(task);
      return List.of(trailer);
    }
  }

  private String headMessage() {
    return world.shop.log(BRANCH.value()).get(0).message();
  }

  private static ChangeRequests hanging(CountDownLatch asked) {
    return request -> {
      asked.countDown();
      new CountDownLatch(1).await();
      throw new AssertionError("no thread counts down");
    };
  }

  private TaskRunner runner(Mode mode) {
    return runner(mode, forge);
  }

  private TaskRunner runner(Mode mode, ChangeRequests requests) {
    return new TaskRunner(
        world.ports(journal, requests),
        world
            .settings()
            .withAttempts(new RunSettings.Attempts(3, Duration.ofMillis(20), Duration.ZERO))
            .withPush(
                new RunSettings.PushPolicy(
                    false, new Proposals(mode, List.of("avatar"), List.of("ada")))),
        RunListener.NONE,
        world.clock);
  }

  private CommitId head() {
    return world.shop.headOf(BRANCH.value()).orElseThrow();
  }

  private StatusUpdate lastUpdate() {
    List<StatusUpdate> all = world.backend.updates(TASK);
    return all.get(all.size() - 1);
  }
}
