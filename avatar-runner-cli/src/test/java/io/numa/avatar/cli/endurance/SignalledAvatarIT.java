package io.numa.avatar.cli.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.testkit.server.BackendEvent.LogWritten;
import io.numa.avatar.testkit.server.GitServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests signals while a task runs: SIGHUP reads the configuration again; the first SIGTERM lets the
 * task end, the second stops it and keeps it for later.
 */
@Execution(ExecutionMode.CONCURRENT)
class SignalledAvatarIT {
  @TempDir Path folder;
  private GitServer git;
  private Work work;
  private AvatarHome home;

  @BeforeEach
  void begin() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    work = Work.begin(git);
    home =
        AvatarHome.make(folder.resolve("home"), work.backend().url())
            .set("sandbox.profile", "process"); // its steps wait for a file outside of the tree
  }

  @AfterEach
  void end() {
    work.close();
    git.close();
  }

  @Test
  void firstSignalLetsTheTaskAtWorkEndAndSighupReadsTheConfigurationAgain() throws Exception {
    Path go = folder.resolve("go");
    Path local = folder.resolve("home/config.local.yaml");
    Files.writeString(local, "guard: {max_files: 9}\n");
    work.give("echo at work; while [ ! -e " + go + " ]; do sleep 0.1; done");

    try (var avatar = home.start()) {
      awaitLog(1, "\n| at work\n");
      Files.writeString(local, "avatar: {concurrency: none}\nguard: {max_files: 7}\n");
      avatar.hangUp();
      avatar.awaitOutput("The configuration has errors and stays as it was: ");
      Files.writeString(
          local, "avatar: {concurrency: 2}\nguard: {max_files: 7}\ngit: {depth: 5}\n");
      avatar.hangUp();
      avatar.awaitOutput("From the next task on, it changes avatar.concurrency, guard.max_files");
      avatar.awaitOutput("Only a restart changes git.depth");
      avatar.terminate();
      avatar.awaitOutput("once more interrupts");
      Files.createFile(go);

      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
    }
    work.assertDoneOnce(home);
  }

  @Test
  void secondSignalEndsTheProcessesAndLeavesTheTaskToTheNextProcess() throws Exception {
    Path go = folder.resolve("go");
    home.set("logs.format", "json").set("logs.file", folder.resolve("avatar.log"));
    work.give("echo at work; while [ ! -e " + go + " ]; do sleep 0.1; done");

    try (var avatar = home.start()) {
      awaitLog(1, "\n| at work\n");
      avatar.terminate();
      avatar.awaitOutput("once more interrupts");
      avatar.terminate();

      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
    }

    assertThat(Files.readString(folder.resolve("avatar.log")))
        .containsPattern(
            "\"task\":\"1\",\"attempt\":\"[^\"]+\",\"stage\":\"develop\","
                + "\"message\":\"Task 1 stays open");
    assertThat(work.backend().statuses(1)).containsOnly("in_progress");
    assertThat(work.strays()).isZero();
    Files.createFile(go);
    work.finish(home);
    work.assertDoneOnce(home);
  }

  private void awaitLog(int task, String text) throws Exception {
    work.backend()
        .awaitEvent(
            task,
            "to say " + text,
            event -> event instanceof LogWritten log && ("\n" + log.text()).contains(text),
            Duration.ofMinutes(5));
  }
}
