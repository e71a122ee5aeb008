package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static io.numa.avatar.testkit.contract.Samples.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskTakenException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What a {@link StatusReporter} must do beyond the rest if its backend drops repeats, knows who
 * holds a task, and can grant leases.
 */
public abstract class LeasingStatusReporterContract extends StatusReporterContract {
  private static final Duration LEASE = Duration.ofSeconds(90);

  @Test
  void isHeardOnceWhenItSaysTheSameTwice() throws InterruptedException {
    reporter().report(attempt, begun(1));
    reporter().report(attempt, begun(1));
    reporter().append(attempt, new LogChunk(0, "line\n"));
    reporter().append(attempt, new LogChunk(0, "line\n"));

    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS", "line\n");
  }

  @Test
  void isHeardAgainWithAnotherAttempt() throws InterruptedException {
    reporter().append(attempt, new LogChunk(0, "line\n"));
    reporter().append(Attempt.of(TASK), new LogChunk(0, "line\n"));

    assertThat(world().story(TASK)).containsExactly("line\n", "line\n");
  }

  @Test
  void isToldThatAnotherHoldsTheTask() {
    world().giveToAnother(TASK);

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reporter().report(attempt, begun(1)));
    assertThat(world().story(TASK)).isEmpty();
  }

  @Test
  void getsALeaseWithTheClaim() throws InterruptedException {
    world().grantLeases(LEASE);

    assertThat(reporter().report(attempt, begun(1)))
        .hasValueSatisfying(
            lease -> {
              assertThat(lease.duration()).isEqualTo(LEASE);
              assertThat(lease.epoch()).isPresent();
            });
  }

  @Test
  void renewsTheLeaseItHas() throws InterruptedException {
    world().grantLeases(LEASE);
    Lease first = reporter().report(attempt, begun(1)).orElseThrow();

    assertThat(reporter().report(attempt.withLease(first), begun(2))).contains(first);
  }

  @Test
  void mayWriteNothingOnceItsLeaseIsLost() throws InterruptedException {
    world().grantLeases(LEASE);
    Lease lease = reporter().report(attempt, begun(1)).orElseThrow();
    Attempt leased = attempt.withLease(lease);

    world().giveToAnother(TASK);

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reporter().append(leased, new LogChunk(0, "line\n")));
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reporter().report(leased, done(2)));
    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS");
  }
}
