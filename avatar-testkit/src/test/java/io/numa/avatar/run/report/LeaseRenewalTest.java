package io.numa.avatar.run.report;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.ManualClock;
import io.numa.avatar.testkit.contract.Samples;
import io.numa.avatar.time.Interrupts;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that an attempt that hangs leaves its task to others. */
class LeaseRenewalTest {
  private static final TaskId TASK = new TaskId("7");

  private final InMemoryBackend backend =
      new InMemoryBackend().withLease(Duration.ofMillis(30)).addTask(Samples.bareTask("7"));
  private final Clock clock = ManualClock.at("2026-01-02T03:04:05Z");
  private final CapturedTimer timer = new CapturedTimer();
  private final Cancellation cancellation = new Cancellation(timer);
  private final Attempt attempt =
      Attempt.of(TASK).withLease(new Lease(Duration.ofMillis(30), Optional.empty()));
  private final StatusReporter reporter = backend;
  private final LeaseKeeper lease =
      new LeaseKeeper(attempt, cancellation, timer, TimeSource.of(clock));

  /** Keeps what is scheduled, for the test to run. */
  private static final class CapturedTimer extends ScheduledThreadPoolExecutor {
    final Queue<Runnable> actions = new ArrayDeque<>();

    CapturedTimer() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
      actions.add(action);
      return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }
  }

  @BeforeEach
  void exceedTheLimit() {
    cancellation.limit(Duration.ofHours(1), "it took too long");
    timer.actions.remove().run();
  }

  @AfterEach
  void clearTheInterrupt() {
    Interrupts.take();
  }

  @Test
  void noLongerRenewsForWorkThatGoesOnAMinuteAfterItsTime() {
    timer.actions.remove().run();
    Interrupts.take();

    new LeaseRenewal(lease, reporter, () -> begun(1), clock).run();

    assertThat(cancellation.isOverdue()).isTrue();
    assertThat(backend.calls(InMemoryBackend.Call.RENEW)).isZero();
  }

  @Test
  void renewsForWorkThatEndsInThatMinute() {
    cancellation.workIsOver();
    timer.actions.remove().run();
    backend.failNext(InMemoryBackend.Call.RENEW, new TaskTakenException("the end of this test"));

    new LeaseRenewal(lease, reporter, () -> begun(1), clock).run();

    assertThat(cancellation.isOverdue()).isFalse();
    assertThat(backend.calls(InMemoryBackend.Call.RENEW)).isOne();
  }
}
