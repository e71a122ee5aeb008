package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.InMemoryBackend.Event;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an attempt keeps its lease, and how it ends without one. */
@Timeout(60)
class TaskRunnerLeaseTest {
  private static final AvatarId ANOTHER = new AvatarId("another");
  private static final Duration LEASE = Duration.ofSeconds(2);

  @TempDir Path folder;
  private RunWorld world;
  private final Journal journal = Lasting.journal();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withSteps(write("login.txt", ""), run("build"));
    world.backend.withLease(LEASE);
  }

  @Test
  void renewsItsLeaseAtAThirdOfItForAsLongAsItWorks() throws Exception {
    Held build = world.commands.hold("build", "");
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();
    long start = System.nanoTime();

    world.backend.awaitCalls(5, Call.RENEW, SOON);

    Duration each = Duration.ofNanos(System.nanoTime() - start).dividedBy(5);
    build.release(0);
    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(each).isBetween(LEASE.dividedBy(4), LEASE.dividedBy(2));
    assertThat(attempts()).hasSize(1);
  }

  @Test
  void asksForNoRenewalWithoutALease() throws Exception {
    world = new RunWorld(folder.resolve("other")).withSteps(write("login.txt", ""), run("build"));

    runner().run(TASK);

    assertThat(world.backend.calls(Call.RENEW)).isZero();
  }

  @Test
  void stopsBeforeTheEndOfALeaseThatItCannotRenew() throws Exception {
    TaskOutcome outcome = loseLease();

    assertThat(outcome)
        .isEqualTo(
            new TaskOutcome.NotOurs(
                "its lease was about to end, and the backend did not renew it"));
    assertThatThrownBy(() -> claimForAnother()).isInstanceOf(TaskTakenException.class);
    assertThat(world.backend.states(TASK)).containsOnly(TaskState.IN_PROGRESS);
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(journal.open()).hasSize(1);
    assertThat(world.filesLeft()).allMatch(file -> file.toString().endsWith(".log"));
  }

  @Test
  void takesUpAgainWhatItHadToStopAsAnotherAttempt() throws Exception {
    loseLease();

    TaskOutcome outcome = begin(runner(), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(attempts()).hasSize(2);
    assertThat(world.commands.ended()).containsExactly(attempts().get(0));
    assertThat(world.backend.states(TASK)).containsOnlyOnce(TaskState.DONE);
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void dropsWhatItHadToStopIfAnotherHasItByThen() throws Exception {
    loseLease();
    world.backend.pass(LEASE);
    claimForAnother();

    TaskOutcome outcome = begin(runner(), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.NotOurs.class);
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(world.commands.executed()).containsExactly("build");
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void stopsWhenARenewalIsRefused() throws Exception {
    Held build = world.commands.hold("build", "");
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();

    world.backend.giveTo(ANOTHER, TASK);

    assertThat(running.outcome())
        .isEqualTo(new TaskOutcome.NotOurs("the backend gave it to another avatar"));
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void bearsWithRenewalsThatFailForAWhile() throws Exception {
    Held build = world.commands.hold("build", "");
    world.backend.failNext(Call.RENEW, unavailable());
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();

    world.backend.awaitCalls(3, Call.RENEW, SOON);

    build.release(0);
    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(attempts()).hasSize(1);
  }

  @Test
  void renewsNothingOnceItHasBegunToTellHowItEnded() throws Exception {
    List<String> calls = new CopyOnWriteArrayList<>();
    TaskRunner runner = runnerWith(new LosingLastAnswers(2, calls));

    TaskOutcome outcome = begin(runner, TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(calls.subList(calls.indexOf("DONE"), calls.size()))
        .containsExactly("DONE", "DONE", "DONE");
    assertThat(world.backend.states(TASK)).containsOnlyOnce(TaskState.DONE);
  }

  @Test
  void endsItsWorkAlthoughItsLogIsNotAllowedAnyMore() throws Exception {
    world.backend.withLease(Duration.ofMinutes(5));
    world.backend.failAlways(Call.APPEND, new UnauthorizedException("could not send the log"));

    TaskOutcome outcome = begin(runner(), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
    assertThat(journal.open()).hasSize(1);
  }

  @Test
  void neverWorksAgainOnWhatHasEndedHoweverOftenItIsCutShort() throws Exception {
    world.commands.answer("build", 1, "");
    world.backend.withLease(Duration.ofMinutes(5));
    var deaf = new DeafToLastWords();
    for (int process = 1; process <= 3; process++) {
      Running running = begin(runnerWith(deaf), TASK);
      assertThat(deaf.called.tryAcquire(SOON.toSeconds(), SECONDS)).isTrue();
      running.awaitPause();
      running.interrupt();
      running.thread().join(SOON.toMillis());
    }
    assertThat(world.backend.states(TASK)).doesNotContain(TaskState.FAILED);

    begin(runner(), TASK).outcome();

    assertThat(world.commands.executed()).containsExactly("build");
    assertThat(world.backend.states(TASK))
        .endsWith(TaskState.FAILED)
        .containsOnlyOnce(TaskState.FAILED);
    assertThat(journal.open()).isEmpty();
  }

  /** Lets an attempt work until its lease is about to end. */
  private TaskOutcome loseLease() throws Exception {
    Held build = world.commands.hold("build", "compiling\n");
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();
    world.backend.failAlways(Call.RENEW, unavailable());
    TaskOutcome outcome = running.outcome();
    world.backend.recover();
    world.commands.answer("build", (command, output) -> new CommandResult.Exited(0, Duration.ZERO));
    return outcome;
  }

  private void claimForAnother() throws InterruptedException {
    var progress = new AttemptProgress(world.clock, world.settings().redactor());
    world.backend.reporter(ANOTHER).report(Attempt.of(TASK), progress.claim());
  }

  private TaskRunner runner() {
    return world.runner(world.ports(journal), RunListener.NONE);
  }

  private TaskRunner runnerWith(StatusReporter reporter) {
    Ports ports = world.ports(journal);
    return world.runner(
        OtherPorts.reporter(ports, reporter).withJournal(journal), RunListener.NONE);
  }

  private static PortException unavailable() {
    return new PortException(FailureKind.UNAVAILABLE, "could not reach the backend: it is off");
  }

  private List<AttemptId> attempts() {
    return world.backend.events(TASK).stream()
        .filter(Event.Reported.class::isInstance)
        .map(event -> ((Event.Reported) event).attempt().id())
        .distinct()
        .toList();
  }

  /** Waits until a thread that renews a lease waits for the status that is being sent. */
  private static void awaitDueRenewal() {
    long start = System.nanoTime();
    while (Thread.getAllStackTraces().keySet().stream().noneMatch(TaskRunnerLeaseTest::isDue)) {
      assertThat(System.nanoTime() - start).isLessThan(SOON.toNanos());
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean isDue(Thread thread) {
    return thread.getName().startsWith("avatar-lease-")
        && thread.getState() == Thread.State.WAITING;
  }

  /** A connection to the backend that does not deliver a last status. */
  private final class DeafToLastWords implements StatusReporter {
    private final Semaphore called = new Semaphore(0);

    @Override
    public Optional<Lease> report(Attempt attempt, StatusUpdate update)
        throws InterruptedException {
      if (update.finishedAt().isPresent()) {
        called.release();
        new CountDownLatch(1).await();
      }
      return world.backend.report(attempt, update);
    }

    @Override
    public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
        throws InterruptedException {
      return world.backend.renew(attempt, lastSent, count);
    }

    @Override
    public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
      world.backend.append(attempt, chunk);
    }
  }

  /**
   * A connection to the backend that loses the first answers to the last status, while a renewal is
   * due.
   */
  private final class LosingLastAnswers implements StatusReporter {
    private final AtomicInteger left;
    private final List<String> calls;

    LosingLastAnswers(int count, List<String> calls) {
      this.left = new AtomicInteger(count);
      this.calls = calls;
    }

    @Override
    public Optional<Lease> report(Attempt attempt, StatusUpdate update)
        throws InterruptedException {
      calls.add(update.state().name());
      Optional<Lease> lease = world.backend.report(attempt, update);
      if (update.finishedAt().isPresent() && left.getAndDecrement() > 0) {
        if (Collections.frequency(calls, "DONE") == 1) {
          awaitDueRenewal();
        }
        throw new PortException(FailureKind.UNAVAILABLE, "could not report: connection reset");
      }
      return lease;
    }

    @Override
    public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
        throws InterruptedException {
      calls.add("renewal");
      return world.backend.renew(attempt, lastSent, count);
    }

    @Override
    public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
      world.backend.append(attempt, chunk);
    }
  }
}
