package io.numa.avatar.cli.fleet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a long outage of the backend while a task prints more than the avatar's heap could hold.
 */
class OutageIT {
  /** The least length of the outage, which lasts until the task has pushed. */
  private static final Duration OUTAGE =
      Fleet.SOAK ? Duration.ofMinutes(30) : Duration.ofSeconds(5);

  private static final Duration LIMIT = Duration.ofMinutes(Fleet.SOAK ? 30 : 3);

  /** The number of lines, of eight or nine bytes each. */
  private static final int LINES = Fleet.SOAK ? 56_000_000 : 6_500_000;

  @TempDir Path folder;

  @Test
  void losesNothingOfALogLargerThanItsHeap(TestReporter reporter) throws Exception {
    Path half = folder.resolve("half");
    Path go = folder.resolve("go");
    try (var fleet = new Fleet(folder);
        AvatarProcess avatar =
            Fleet.noting(AvatarHome.make(fleet.folder("one"), fleet.backend.url()))
                .set("avatar.id", "one")
                .set("execution.log_quota", "2GiB")
                .withHeap("64m")
                .start()) {
      fleet.backend.keepingDigests();
      fleet.announce(
          1,
          "seq 1 %d; touch '%s'; while [ ! -f '%s' ]; do sleep 0.05; done; seq %d %d"
              .formatted(LINES / 10, half, go, LINES / 10 + 1, LINES));
      Fleet.await("the first part of the log", LIMIT, () -> Files.exists(half));

      fleet.backend.outage();
      Files.createFile(go);
      new CountDownLatch(1).await(OUTAGE.toNanos(), NANOSECONDS);
      Fleet.await("what is done in the meantime", LIMIT, () -> hasPushed(fleet));
      fleet.backend.recover();

      fleet.awaitDone(1, LIMIT);
      fleet.announce(2, "true");
      fleet.awaitDone(2, LIMIT);
      int memory = mebibytes(avatar);
      reporter.publishEntry("peak of the process's memory in MiB", "" + memory);
      avatar.terminate();
      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
      assertThat(avatar.console()).doesNotContain("OutOfMemoryError");
      assertThat(avatar.console().lines().filter(OutageIT::tellsOfTheOutage))
          .as("once off, once on")
          .hasSize(2);
      assertThat(fleet.backend.logs(1).get(0).length()).isGreaterThan(LINES * 7L);
      assertThat(memory).as("MiB, the machine's own needs too").isLessThan(400);
      fleet.assertDelivered(1);
      fleet.assertLogs(1, "one");
      assertThat(fleet.runs(1)).isOne();
      assertThat(fleet.backend.violations()).isEmpty();
    }
  }

  private static boolean tellsOfTheOutage(String line) {
    return line.contains("does not answer")
        || line.contains("answers again")
        || line.contains("fail")
        || line.contains("could not");
  }

  private static boolean hasPushed(Fleet fleet) {
    return fleet.shop.branches().contains("dev-1") && fleet.shop.log("dev-1").size() == 2;
  }

  /** The largest memory of the process so far, heap included. */
  private static int mebibytes(AvatarProcess avatar) throws Exception {
    try (var lines = Files.lines(Path.of("/proc", "" + avatar.pid(), "status"))) {
      String peak = lines.filter(line -> line.startsWith("VmHWM")).findFirst().orElseThrow();
      return Integer.parseInt(peak.replaceAll("[^0-9]", "")) >> 10;
    }
  }
}
