package io.numa.avatar.worker;

import static io.numa.avatar.run.RunWorld.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.Waiting;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.ScriptedSandboxes;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task waits at the backend while the avatar has no agent or no sandbox for it. */
class AvatarWorkerMeansTest {
  private static final TaskId PROSE = new TaskId("prose");
  private static final TaskId PLAN = new TaskId("plan");
  private static final UsedBudget USED_UP =
      new UsedBudget(
          UsedBudget.Period.DAY,
          LocalDate.of(2025, 8, 3),
          new BigDecimal("50"),
          new BigDecimal("50.20"),
          Instant.parse("2025-08-04T00:00:00Z"));
  private static final Duration MOMENT = Duration.ofMillis(20);

  @TempDir Path folder;
  private RunWorld world;
  private final InMemoryJournal journal = new InMemoryJournal();
  private final ScriptedSandboxes sandboxes = new ScriptedSandboxes();
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen");
  private Optional<AvatarWorker> worker = Optional.empty();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
  }

  @AfterEach
  void close() {
    worker.ifPresent(AvatarWorker::close);
  }

  @Test
  void leavesProseForAnotherAgentAndGoesOnWithOthers() throws Exception {
    announceProse(Optional.of("claude"));
    start();
    announcePlan();

    world.backend.awaitState(PLAN, TaskState.DONE, SOON);
    int looks = world.backend.calls(Call.TASK);
    world.clock.advance(Duration.ofMinutes(9));
    awaitMorePolls();

    assertThat(world.backend.states(PROSE)).isEmpty();
    assertThat(world.backend.calls(Call.TASK)).isEqualTo(looks);
    assertThat(journal.waiting()).hasSize(1);
  }

  @Test
  void looksLaterAgainAtProseWhoseAgentIsThereByThen() throws Exception {
    announceProse(Optional.of("claude"));
    start();
    awaitLook();
    agents.turn(new AgentAction.Write("login.txt", "hello\n"));

    world.addProse(PROSE, Optional.of("qwen"));
    world.clock.advance(Duration.ofMinutes(10));

    world.backend.awaitState(PROSE, TaskState.DONE, SOON);
    assertThat(journal.waiting()).isEmpty();
  }

  @Test
  void takesProseWhenItsAgentIsBackAtWork() throws Exception {
    agents.turn(new AgentAction.Write("login.txt", "hello\n"));
    agents.takeOut("qwen", Instant.MAX);
    announceProse(Optional.empty());
    start();
    announcePlan();
    world.backend.awaitState(PLAN, TaskState.DONE, SOON);
    assertThat(world.backend.states(PROSE)).isEmpty();

    agents.takeBack("qwen");
    world.clock.advance(Duration.ofMinutes(1));

    world.backend.awaitState(PROSE, TaskState.DONE, SOON);
  }

  @Test
  void takesPlansOnlyWhileTheBudgetIsUsedUp() throws Exception {
    agents.turn(new AgentAction.Write("login.txt", "hello\n"));
    agents.spendAll(USED_UP);
    announceProse(Optional.empty());
    start();
    announcePlan();
    world.backend.awaitState(PLAN, TaskState.DONE, SOON);

    assertThat(world.backend.states(PROSE)).isEmpty();
    assertThat(worker.orElseThrow().unready())
        .containsExactly(Waiting.budget(USED_UP))
        .allSatisfy(
            why -> {
              assertThat(why.text())
                  .isEqualTo(
                      "prose waits, as the budget of 50 for the day is used up (50.2 spent)");
              assertThat(why.until()).contains(USED_UP.until());
            });
    assertThat(worker.orElseThrow().why()).contains(Waiting.budget(USED_UP));

    agents.refill();
    world.clock.advance(Duration.ofMinutes(1));

    world.backend.awaitState(PROSE, TaskState.DONE, SOON);
    assertThat(worker.orElseThrow().unready()).isEmpty();
  }

  @Test
  void takesATaskWhenItsSandboxIsThere() throws Exception {
    sandboxes.lacking(WorkKind.RUN, "install bubblewrap");
    announcePlan();
    start();
    assertThat(worker.orElseThrow().awaitFirstPoll(SOON)).isTrue();
    awaitLook();
    assertThat(world.backend.states(PLAN)).isEmpty();

    sandboxes.mend();
    world.clock.advance(Duration.ofMinutes(10));

    world.backend.awaitState(PLAN, TaskState.DONE, SOON);
    assertThat(journal.waiting()).isEmpty();
  }

  private void announceProse(Optional<String> agent) {
    world.addProse(PROSE, agent);
    world.backend.announce(PROSE);
  }

  private void announcePlan() {
    world.addTask(PLAN, "build");
    world.backend.announce(PLAN);
  }

  private void start() {
    var settings =
        new WorkerSettings("tasks", 1, MOMENT, MOMENT, OptionalInt.empty(), DiskFloor.NONE);
    var ports = world.ports().withJournal(journal).withAgents(agents).withSandboxes(sandboxes);
    var started =
        new AvatarWorker(
            settings, world.backend, world.runner(ports, RunListener.NONE), journal, world.clock);
    worker = Optional.of(started);
    started.start();
  }

  private void awaitLook() throws InterruptedException, TimeoutException {
    world.backend.awaitCalls(1, Call.TASK, SOON);
    awaitMorePolls();
  }

  /** Waits for two polls that begin after this call. */
  private void awaitMorePolls() throws InterruptedException, TimeoutException {
    world.backend.awaitCalls(world.backend.calls(Call.POLL) + 2, Call.POLL, SOON);
  }
}
