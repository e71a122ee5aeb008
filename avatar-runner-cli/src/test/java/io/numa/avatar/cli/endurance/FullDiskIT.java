package io.numa.avatar.cli.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Fills the disk under a working avatar: the task fails and says why, nothing is damaged, and the
 * same process carries out the next task when there is space again.
 */
@Execution(ExecutionMode.CONCURRENT)
class FullDiskIT {
  @TempDir Path folder;
  private SmallDisk disk;
  private GitServer git;
  private Work work;
  private AvatarHome home;

  @BeforeEach
  void begin() throws Exception {
    disk = SmallDisk.mount(folder.resolve("disk"));
    git = GitServer.start(folder.resolve("git"));
    work = Work.begin(git);
    home =
        AvatarHome.make(folder.resolve("home"), work.backend().url())
            .set("sandbox.profile", "process"); // its steps wait for a file outside of the tree
  }

  @AfterEach
  void end() throws Exception {
    work.close();
    git.close();
    disk.close();
  }

  @Test
  void goesOnAfterTheJournalHadNoRoom() throws Exception {
    home.set("avatar.state_dir", disk.path().resolve("state"));

    String console = failForLackOfRoomAndGoOn();

    assertThat(failure()).contains("journal").containsIgnoringCase("full");
    assertThat(console).contains("journal.db");
    // The end of the first task may not fit on the disk either: then the next process forgets the
    // task.
    work.finish(home);
    work.assertDoneOnce(home);
  }

  @Test
  void goesOnAfterTheLogHadNoRoom() throws Exception {
    home.set("avatar.log_dir", disk.path().resolve("logs"));

    String console = failForLackOfRoomAndGoOn();

    assertThat(failure()).contains("the task's log").contains("No space left");
    assertThat(console).contains("task 1").contains("No space left");
    assertThatLogsAreText();
    work.assertDoneOnce(home);
  }

  @Test
  void goesOnAfterTheWorkspaceHadNoRoom() throws Exception {
    home.set("avatar.workspace", disk.path().resolve("workspace"));

    failForLackOfRoomAndGoOn();

    assertThat(failure()).contains("run").contains("exited with");
    assertThat(work.backend().log(1)).contains("No space left");
    work.assertDoneOnce(home);
  }

  @Test
  void takesNoTaskBelowTheFloor() throws Exception {
    home.set("avatar.workspace", disk.path().resolve("workspace"))
        .set("workspace.min_free", "8MiB");
    disk.fill(4 << 20);
    work.give("echo quick");

    try (var avatar = home.start()) {
      avatar.awaitOutput("No tasks are taken until there is room");
      assertThat(work.backend().requests("/status")).isEmpty();
      disk.free();
      work.awaitAll();
      avatar.terminate();

      assertThat(avatar.await()).isEqualTo(143);
      assertThat(avatar.console()).containsOnlyOnce("No tasks are taken until there is room");
      assertThat(avatar.console()).containsOnlyOnce("There is room again");
    }
    work.assertDoneOnce(home);
  }

  /** Returns what the avatar has printed meanwhile. */
  private String failForLackOfRoomAndGoOn() throws Exception {
    Path go = folder.resolve("go");
    String large = "head -c 1000000 /dev/zero | tr '\\\\0' 'ä' > large.txt";
    work.give(
        "echo at work; while [ ! -e %s ]; do sleep 0.05; done; yes 你好 | head -c 100000; %s || exit 9"
            .formatted(go, large),
        "true",
        "failed");
    try (var avatar = home.start()) {
      await(avatar, () -> work.backend().log(1).contains("\n| at work\n"));
      disk.fill(0);
      Files.createFile(go);
      work.awaitAll();
      disk.free();
      work.give("echo quick");
      work.awaitAll();
      avatar.terminate();

      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
      return avatar.console();
    }
  }

  private String failure() {
    var statuses = work.backend().statusesWritten(1);
    return statuses.get(statuses.size() - 1).details().at("/failure/message").asText();
  }

  private void assertThatLogsAreText() throws IOException {
    try (Stream<Path> files = Files.walk(home.logDir())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThatCode(() -> UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))))
            .as(file.toString())
            .doesNotThrowAnyException();
      }
    }
  }

  private static void await(AvatarProcess avatar, BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      assertThat(avatar.isAlive()).as(avatar.console()).isTrue();
      avatar.awaits(all -> false, Duration.ofMillis(20));
    }
  }
}
