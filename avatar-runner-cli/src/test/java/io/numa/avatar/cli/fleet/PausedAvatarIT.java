package io.numa.avatar.cli.fleet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.cli.wiring.Avatar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests an avatar whose process is stopped when its lease ends, and another avatar that takes over.
 */
@Execution(ExecutionMode.CONCURRENT)
class PausedAvatarIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration LEASE = Duration.ofSeconds(3);

  @TempDir Path folder;
  private Fleet fleet;
  private AvatarHome home;
  private AvatarProcess sleeper;

  @BeforeEach
  void prepare() throws IOException {
    fleet = new Fleet(folder);
    fleet.backend.withLease(LEASE);
    home =
        Fleet.noting(AvatarHome.make(fleet.folder("sleeper"), fleet.backend.url()))
            .set("avatar.id", "sleeper");
    sleeper = home.start();
  }

  @AfterEach
  void end() {
    sleeper.close();
    fleet.close();
  }

  @Test
  void pushesNothingWhenItWakesInTheMidstOfAStep() throws Exception {
    fleet.announce(1, "sleep 2");
    fleet.awaitRuns(1, 1, LIMIT);

    sleeper.pause();
    letAnotherTakeOver();
    sleeper.resume();

    assertPushesNothingAndGoesOn();
  }

  @Test
  void pushesNothingWhenItWakesInTheMidstOfItsPush() throws Exception {
    fleet.git.holdNextPush();
    fleet.announce(1, "true");
    assertThat(fleet.git.awaitHeldPush(LIMIT)).isTrue();

    sleeper.pause();
    letAnotherTakeOver();
    sleeper.resume();
    fleet.git.releasePush();

    assertPushesNothingAndGoesOn();
  }

  @Test
  void claimsItsTaskAgainWhenItWasKilledAndNoOtherAvatarHasIt() throws Exception {
    fleet.announce(1, "sleep 1");
    fleet.awaitRuns(1, 1, LIMIT);

    sleeper.kill();
    sleeper = home.start();

    fleet.awaitDone(1, LIMIT);
    sleeper.terminate();
    assertThat(sleeper.await()).as(sleeper.console()).isEqualTo(143);
    fleet.assertDelivered(1);
    fleet.assertLogs(1, "sleeper");
    assertThat(fleet.runs(1)).isEqualTo(2);
    assertThat(fleet.backend.violations()).isEmpty();
  }

  /** Waits for the end of the lease, and lets another avatar carry the task out. */
  private void letAnotherTakeOver() throws Exception {
    new CountDownLatch(1).await(LEASE.toNanos(), NANOSECONDS);
    Avatar other = fleet.start("other", "avatar: {id: other}");
    fleet.backend.offerAgain(1);
    fleet.awaitDone(1, LIMIT);
    Fleet.drain(other);
  }

  private void assertPushesNothingAndGoesOn() throws Exception {
    fleet.announce(2, "true");
    fleet.awaitDone(2, LIMIT);
    sleeper.terminate();
    assertThat(sleeper.await()).as(sleeper.console()).isEqualTo(143);

    fleet.assertDelivered(1);
    assertThat(fleet.shop.log("dev-1").get(0).message()).contains("Numa-Avatar: other");
    assertThat(fleet.backend.statusesWritten(1))
        .filteredOn(status -> status.details().path("avatar_id").asText().equals("sleeper"))
        .allMatch(status -> status.word().equals("in_progress"));
    assertThat(fleet.lastWord(1)).contains("done");
    assertThat(fleet.runs(1)).isEqualTo(2);
    fleet.assertDelivered(2);
    fleet.assertLogs(2, "sleeper");
    assertThat(fleet.backend.violations()).isEmpty();
  }
}
