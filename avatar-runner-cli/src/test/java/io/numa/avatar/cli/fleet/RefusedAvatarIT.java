package io.numa.avatar.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.testkit.server.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests an avatar whose backend refuses it while it works. */
@Execution(ExecutionMode.CONCURRENT)
class RefusedAvatarIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;
  private Fleet fleet;
  private AvatarHome home;

  @BeforeEach
  void prepare() throws Exception {
    fleet = new Fleet(folder);
    fleet.backend.withToken("old-token");
    home =
        Fleet.noting(AvatarHome.make(fleet.folder("one"), fleet.backend.url()))
            .set("avatar.id", "one")
            .set("backend.api_token", "old-token");
  }

  @AfterEach
  void end() {
    fleet.close();
  }

  @Test
  void keepsItsReportsForABetterToken() throws Exception {
    workUntilRefused(() -> fleet.backend.withToken("new-token"));

    home.set("backend.api_token", "new-token");
    assertReportsTheRestInItsNextProcess();
  }

  @Test
  void keepsItsReportsUntilItIsAllowedAgain() throws Exception {
    workUntilRefused(() -> fleet.backend.misbehaveAtRandom(1, Map.of(Fault.status(403), 1.0)));

    fleet.backend.behave();
    assertReportsTheRestInItsNextProcess();
  }

  @Test
  void keepsItsReportsForABetterTokenOfAPlainBackend() throws Exception {
    fleet.backend.plain();
    workUntilRefused(() -> fleet.backend.withToken("new-token"));

    home.set("backend.api_token", "new-token");
    assertReportsTheRestInItsNextProcess();
  }

  private void workUntilRefused(Runnable refusal) throws Exception {
    Path go = folder.resolve("go");
    try (AvatarProcess avatar = home.start()) {
      fleet.announce(
          1, "seq 1 20000; while [ ! -f '" + go + "' ]; do sleep 0.05; done; seq 20001 40000");
      fleet.awaitRuns(1, 1, LIMIT);

      refusal.run();
      Files.createFile(go);

      assertThat(avatar.await()).as(avatar.console()).isEqualTo(3);
      assertThat(avatar.console())
          .contains("The backend refuses this avatar, so it stops")
          .doesNotContain("old-token");
    }
    assertThat(fleet.shop.log("dev-1")).as("the running task was ended").hasSize(2);
    assertThat(fleet.backend.statuses(1)).doesNotContain("done");
  }

  private void assertReportsTheRestInItsNextProcess() throws Exception {
    try (AvatarProcess avatar = home.start()) {
      fleet.awaitDone(1, LIMIT);
      fleet.announce(2, "true");
      fleet.awaitDone(2, LIMIT);
      avatar.terminate();
      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
    }
    for (int task : new int[] {1, 2}) {
      fleet.assertDelivered(task);
      fleet.assertLogs(task, "one");
      assertThat(fleet.runs(task)).isOne();
    }
    assertThat(fleet.backend.violations()).isEmpty();
  }
}
