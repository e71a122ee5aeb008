package io.numa.avatar.queue;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static io.numa.avatar.testkit.contract.Samples.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.ElapsedTime;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.ManualClock;
import io.numa.avatar.testkit.contract.Samples;
import io.numa.avatar.testkit.queue.InMemoryTaskQueue;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests which leases the reports of tasks from a queue claim, renew and lose. */
class ClaimedReportsTest {
  private static final Set<String> PLANS = Set.of("plan");
  private static final AvatarId OTHER = new AvatarId("other");
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  private final Task task = Samples.bareTask("7");
  private final TaskId id = task.id();
  private final ElapsedTime elapsed = new ElapsedTime();
  private final Clock clock = ManualClock.at("2026-01-02T03:04:05Z");
  private final InMemoryTaskQueue queue = new InMemoryTaskQueue(LEASE, clock);
  private final InMemoryBackend backend = new InMemoryBackend();
  private final CapturedTimer timer = new CapturedTimer();
  private final HeldTasks held =
      new HeldTasks(queue.of(InMemoryBackend.DEFAULT_AVATAR), time(), timer);
  private final ClaimedReports reports = new ClaimedReports(held, backend, backend);
  private final Attempt attempt = Attempt.of(id);

  /** Keeps what is scheduled, for the test to run. */
  private static final class CapturedTimer extends ScheduledThreadPoolExecutor {
    final Map<Future<?>, Runnable> actions = new LinkedHashMap<>();

    CapturedTimer() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
      ScheduledFuture<?> future = super.schedule(() -> {}, 1, TimeUnit.DAYS);
      actions.put(future, action);
      return future;
    }

    void run() {
      List<Runnable> due =
          actions.entrySet().stream()
              .filter(action -> !action.getKey().isCancelled())
              .map(Map.Entry::getValue)
              .toList();
      actions.clear();
      due.forEach(Runnable::run);
    }

    long waiting() {
      return actions.keySet().stream().filter(future -> !future.isCancelled()).count();
    }
  }

  private TimeSource time() {
    return new TimeSource() {
      @Override
      public Clock clock() {
        return clock;
      }

      @Override
      public long nanoTime() {
        return elapsed.getAsLong();
      }
    };
  }

  @BeforeEach
  void publish() throws InterruptedException {
    backend.plain();
    backend.addTask(task);
    queue.publish(id, "plan");
    assertThat(held.take(PLANS, LEASE)).isPresent();
  }

  private void pass(Duration duration) {
    elapsed.pass(duration);
    queue.pass(duration);
  }

  private Optional<Delivery> takenByAnother() throws InterruptedException {
    return queue.of(OTHER).take(PLANS, AT_ONCE);
  }

  @Test
  void claimWithTheFirstReport() throws InterruptedException {
    Lease lease = reports.report(attempt, begun(1)).orElseThrow();

    assertThat(lease.duration()).isBetween(LEASE.minusSeconds(30), LEASE);
    assertThat(backend.states(id)).containsExactly(TaskState.IN_PROGRESS);
  }

  /** A report alone does not renew the lease at the queue. */
  @Test
  void grantWhatIsLeftOfTheLeaseWithLaterReports() throws InterruptedException {
    reports.report(attempt, begun(1));
    pass(Duration.ofSeconds(40));

    Lease lease = reports.report(attempt, begun(2)).orElseThrow();

    assertThat(lease.duration()).isLessThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void renewTheLeaseAtTheQueue() throws InterruptedException {
    reports.report(attempt, begun(1));
    pass(Duration.ofSeconds(40));
    Lease lease = reports.renew(attempt, begun(1), 1).orElseThrow();
    pass(Duration.ofSeconds(40));

    assertThat(lease.duration()).isGreaterThan(Duration.ofSeconds(30));
    assertThat(takenByAnother()).isEmpty();
  }

  @Test
  void grantTheShorterOfTwoLeasesWithTheEpochOfTheBackend() throws InterruptedException {
    var leasing = new InMemoryBackend().withLease(Duration.ofSeconds(30)).addTask(task);
    var both = new ClaimedReports(held, leasing, leasing);

    Lease lease = both.report(attempt, begun(1)).orElseThrow();

    assertThat(lease.duration()).isEqualTo(Duration.ofSeconds(30));
    assertThat(lease.epoch()).isPresent();
  }

  @Test
  void sayNothingToTheBackendAboutATaskThatAnotherAvatarHas() throws InterruptedException {
    pass(LEASE.plusSeconds(1));
    takenByAnother().orElseThrow().claim().take(AttemptId.random());

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reports.report(attempt, begun(1)));
    assertThat(backend.states(id)).isEmpty();
  }

  @Test
  void sayNothingLateToTheBackendAboutATaskThatAnotherAvatarHasByNow() throws InterruptedException {
    reports.report(attempt, begun(1));
    pass(LEASE.plusSeconds(1));
    takenByAnother().orElseThrow().claim().take(AttemptId.random());

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reports.report(attempt, begun(2)));
    assertThat(backend.updates(id)).hasSize(1);
  }

  /** The lease of this avatar lasts by its own clock, and the queue has given the task away. */
  @Test
  void sayNoLastWordAboutATaskThatAnotherAvatarHasByNow() throws InterruptedException {
    reports.report(attempt, begun(1));
    queue.pass(LEASE.plusSeconds(1));
    takenByAnother().orElseThrow().claim().take(AttemptId.random());

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reports.report(attempt, done(2)));
    assertThat(backend.updates(id)).hasSize(1);
  }

  @Test
  void keepTheTaskWhileTheLastReportWaits() throws InterruptedException {
    reports.report(attempt, begun(1));
    reports.report(attempt, done(2));
    for (int third = 0; third < 6; third++) {
      pass(LEASE.dividedBy(3));
      timer.run();
    }

    assertThat(timer.waiting()).isEqualTo(1);
    assertThat(takenByAnother()).isEmpty();
  }

  @Test
  void keepTheTaskWhileTheBackendIsAway() throws InterruptedException {
    reports.report(attempt, begun(1));
    backend.failAlways(Call.RENEW, away());
    for (int third = 0; third < 6; third++) {
      pass(LEASE.dividedBy(3));
      assertThat(reports.renew(attempt, begun(1), third)).isPresent();
    }

    assertThat(takenByAnother()).isEmpty();
  }

  @Test
  void renewALeaseThatTheBackendGrantsThereToo() throws InterruptedException {
    var leasing = new InMemoryBackend().withLease(LEASE).addTask(task);
    var both = new ClaimedReports(held, leasing, leasing);
    both.report(attempt, begun(1));
    leasing.failAlways(Call.RENEW, away());

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> both.renew(attempt, begun(1), 1));
  }

  private static PortException away() {
    return new PortException(FailureKind.UNAVAILABLE, "could not reach the backend: it is off");
  }

  @Test
  void confirmATaskThatWasDeliveredAgainToTheSameAvatar() throws InterruptedException {
    reports.report(attempt, begun(1));
    pass(LEASE.plusSeconds(1));
    assertThat(held.take(PLANS, LEASE)).isPresent();

    reports.confirm(attempt);

    assertThat(takenByAnother()).isEmpty();
  }

  @Test
  void renewOnlyTheNewestDeliveryOfATask() throws InterruptedException {
    reports.report(attempt, begun(1));
    reports.report(attempt, done(2));
    pass(LEASE.plusSeconds(1));
    assertThat(held.take(PLANS, LEASE)).isPresent();
    assertThat(timer.waiting()).isZero();

    reports.report(attempt, done(2));

    assertThat(timer.waiting()).isEqualTo(1);
  }

  @Test
  void stopToRenewForAnAttemptWhenTheNextOneClaims() throws InterruptedException {
    reports.report(attempt, begun(1));
    reports.report(attempt, done(2));

    reports.report(Attempt.of(id), begun(1));

    assertThat(timer.waiting()).isZero();
  }

  @Test
  void refuseToConfirmATaskThatHasEndedMeanwhile() throws InterruptedException {
    reports.report(attempt, begun(1));
    reports.confirm(attempt);
    backend.cancel(id);

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reports.confirm(attempt))
        .withMessage("its status is CANCELLED by now");
  }

  @Test
  void refuseToConfirmATaskThatAnotherAvatarHas() throws InterruptedException {
    reports.report(attempt, begun(1));
    pass(LEASE.plusSeconds(1));
    takenByAnother().orElseThrow().claim().take(AttemptId.random());

    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(() -> reports.confirm(attempt));
  }

  @Test
  void passThroughWhatIsNotFromTheQueue() throws InterruptedException {
    Task other = Samples.bareTask("8");
    backend.addTask(other);

    assertThat(reports.report(Attempt.of(other.id()), begun(1))).isEmpty();
    assertThat(backend.states(other.id())).containsExactly(TaskState.IN_PROGRESS);
  }
}
