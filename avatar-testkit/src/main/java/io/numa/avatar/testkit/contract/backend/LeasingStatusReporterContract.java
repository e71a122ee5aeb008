package io.numa.avatar.testkit.contract.backend;

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
 * The further tests that a {@link StatusReporter} must pass if its backend drops repeated reports,
 * records the holder of a task, and can grant leases.
 */
public abstract class LeasingStatusReporterContract extends LoggingStatusReporterContract {
  private static final Duration LEASE = Duration.ofSeconds(90);

  /** More than half of {@link #LEASE}, so that two such times exceed it. */
  private static final Duration MOST = Duration.ofSeconds(60);

  @Test
  void isHeardOnceWhenItSaysTheSameTwice() throws InterruptedException {
    reporter().report(attempt, begun(1));
    reporter().report(attempt, begun(1));
    reporter().append(attempt, new LogChunk(0, "line\n"));
    reporter().append(attempt, new LogChunk(0, "line\n"));

    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS", "line\n");
  }

  @Test
  void isHeardWholeWhenItSaysMoreTheSecondTime() throws InterruptedException {
    reporter().append(attempt, new LogChunk(0, "one\n"));
    reporter().append(attempt, new LogChunk(0, "one\ntwo\n"));

    assertThat(world().story(TASK)).containsExactly("one\n", "two\n");
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
    Lease first = claim();

    assertThat(reporter().report(attempt.withLease(first), begun(2))).contains(first);
    assertThat(reporter().renew(attempt.withLease(first), begun(2), 1)).contains(first);
  }

  @Test
  void tellsNothingNewByRenewing() throws InterruptedException {
    Attempt leased = attempt.withLease(claim());

    reporter().renew(leased, begun(1), 1);
    reporter().renew(leased, begun(1), 1);
    reporter().renew(leased, begun(1), 2);

    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS");
  }

  @Test
  void keepsTheTaskAsLongAsItRenews() throws InterruptedException {
    Attempt leased = attempt.withLease(claim());

    for (int count = 1; count <= 3; count++) {
      world().pass(MOST);
      reporter().renew(leased, begun(1), count);
    }
    world().pass(MOST);
    reporter().append(leased, new LogChunk(0, "line\n"));
    reporter().report(leased, done(2));

    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS", "line\n", "DONE");
  }

  @Test
  void renewsByTellingThatItGoesOn() throws InterruptedException {
    Attempt leased = attempt.withLease(claim());
    world().pass(MOST);
    reporter().report(leased, begun(2));

    world().pass(MOST);

    assertThat(world().letAnotherClaim(TASK)).isFalse();
    assertThat(reporter().renew(leased, begun(2), 1)).isPresent();
  }

  @Test
  void renewsByClaimingTwiceWhenTheAnswerWasLost() throws InterruptedException {
    claim();
    world().pass(MOST);
    Attempt leased = attempt.withLease(claim());

    world().pass(MOST);

    assertThat(reporter().renew(leased, begun(1), 1)).isPresent();
    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS");
  }

  @Test
  void losesALeaseThatItDoesNotRenew() throws InterruptedException {
    Attempt leased = attempt.withLease(claim());

    world().pass(LEASE);

    assertThatNothingIsTakenFrom(leased);
    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS");
  }

  @Test
  void mayClaimAgainWhatItHasLost() throws InterruptedException {
    Lease lost = claim();
    world().pass(LEASE);

    Lease won = reporter().report(Attempt.of(TASK), begun(1)).orElseThrow();

    assertThat(won.epoch()).isNotEqualTo(lost.epoch());
    assertThatNothingIsTakenFrom(attempt.withLease(lost));
  }

  @Test
  void losesToAnotherOnlyWhatItDoesNotRenew() throws InterruptedException {
    Attempt leased = attempt.withLease(claim());
    world().pass(MOST);
    assertThat(world().letAnotherClaim(TASK)).isFalse();

    world().pass(MOST);
    assertThat(world().letAnotherClaim(TASK)).isTrue();

    assertThatNothingIsTakenFrom(leased);
  }

  @Test
  void isNotGrantedTwiceWhatAnotherHasClaimedSince() throws InterruptedException {
    claim();
    world().pass(LEASE);
    world().letAnotherClaim(TASK);

    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(this::claim);
  }

  @Test
  void mayClaimItsOwnTaskAgainAfterARestart() throws InterruptedException {
    Lease before = claim();
    Attempt anew = Attempt.of(TASK);

    Lease after = reporter().report(anew, begun(1)).orElseThrow();
    reporter().append(anew.withLease(after), new LogChunk(0, "line\n"));

    assertThat(after.epoch()).isNotEqualTo(before.epoch());
    assertThatNothingIsTakenFrom(attempt.withLease(before));
    assertThat(world().letAnotherClaim(TASK)).isFalse();
    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS", "IN_PROGRESS", "line\n");
  }

  @Test
  void keepsForGoodWhatItHasEnded() throws InterruptedException {
    Attempt leased = attempt.withLease(claim());
    reporter().report(leased, done(2));

    world().pass(LEASE);

    assertThat(world().letAnotherClaim(TASK)).isFalse();
  }

  @Test
  void mayWriteNothingOnceItsLeaseIsLost() throws InterruptedException {
    Attempt leased = attempt.withLease(claim());

    world().giveToAnother(TASK);

    assertThatNothingIsTakenFrom(leased);
    assertThat(world().story(TASK)).containsExactly("IN_PROGRESS");
  }

  private Lease claim() throws InterruptedException {
    world().grantLeases(LEASE);
    return reporter().report(attempt, begun(1)).orElseThrow();
  }

  private void assertThatNothingIsTakenFrom(Attempt fenced) {
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reporter().renew(fenced, begun(1), 1));
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reporter().append(fenced, new LogChunk(0, "line\n")));
    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> reporter().report(fenced, done(2)));
  }
}
