package io.numa.avatar.cli.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.testkit.server.GitServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Ends an avatar with SIGKILL at random moments until it has done all its tasks: four times, or two
 * hundred times with {@code -Psoak}. {@code -Dendurance.seed=N} repeats the moments of a run.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledAtRandomIT {
  private static final int KILLS = Boolean.getBoolean("soak") ? 200 : 4;
  private static final int TASKS = 10;

  @TempDir Path folder;

  @Test
  void everyTaskEndsOnceWithAPlainBackend(TestReporter reporter) throws Exception {
    try (var git = GitServer.start(folder.resolve("git"));
        var work = Work.begin(git)) {
      work.backend().plain();
      killAtRandom(work, reporter);
    }
  }

  @Test
  void everyTaskEndsOnceWithABackendThatGrantsLeases(TestReporter reporter) throws Exception {
    try (var git = GitServer.start(folder.resolve("git"));
        var work = Work.begin(git)) {
      work.backend().withLease(Duration.ofMinutes(1));
      killAtRandom(work, reporter);
    }
  }

  private void killAtRandom(Work work, TestReporter reporter) throws Exception {
    long seed = Long.getLong("endurance.seed", new Random().nextLong());
    reporter.publishEntry("endurance.seed", String.valueOf(seed));
    var random = new Random(seed);
    AvatarHome home =
        AvatarHome.make(folder.resolve("home"), work.backend().url())
            .set("execution.max_attempts", 100)
            .set("avatar.concurrency", 2);
    for (int kill = 0; kill < KILLS / 2; kill++) {
      if (work.isOver()) {
        giveTasks(work);
      }
      liveFor(moment(random), random.nextInt(5) > 0, home);
    }
    work.finish(home);

    work.assertDoneOnce(home);
  }

  private static void giveTasks(Work work) {
    for (int i = 0; i < TASKS; i++) {
      if (i % 5 == 2) {
        work.giveFailing("echo before; seq 1000");
      } else {
        work.give("echo grüße; seq 1000; sleep 0.1; echo 你好");
      }
      if (i % 4 == 1) {
        work.giveNonsense();
      }
    }
  }

  private static Duration moment(Random random) {
    return Duration.ofMillis(random.nextInt(1500));
  }

  /**
   * @param atWork whether the time counts from when the avatar asks for tasks, not from its start
   */
  private static void liveFor(Duration time, boolean atWork, AvatarHome home) throws Exception {
    try (var avatar = home.start()) {
      if (atWork) {
        avatar.awaitOutput("is waiting for tasks");
      }
      avatar.awaits(all -> false, time);
      assertThat(avatar.isAlive()).as(avatar.console()).isTrue();
      avatar.kill();
    }
  }
}
