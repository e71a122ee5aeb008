package io.numa.avatar.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.cli.endurance.Work;
import io.numa.avatar.testkit.server.GitServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends an avatar with SIGKILL while a step runs in a sandbox that has a way to the network. */
class KilledWithASandboxIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void endsAllThatHeldTheStepAndStartsClean() throws Exception {
    try (var git = GitServer.start(folder.resolve("git"));
        var work = Work.begin(git)) {
      AvatarHome home = AvatarHome.make(folder.resolve("home"), work.backend().url());
      // In a second attempt, its HOME has the file.
      work.give(
          "[ ! -e ~/again ] || exit 0; touch ~/again; echo \"way: $http_proxy\"; echo waiting;"
              + " sleep 3600."
              + work.marker());

      List<ProcessHandle> held;
      try (var avatar = home.start()) {
        awaitLog(avatar, work, "\n| waiting\n");
        held = ProcessHandle.of(avatar.pid()).orElseThrow().descendants().toList();
        assertThat(work.strays()).as("the step and what it left running").isGreaterThan(1);
        avatar.kill();
        awaitEnd(held, avatar);
      }
      assertThat(work.backend().log(1)).containsPattern("\\| way: http://127.0.0.1:\\d+");
      assertThat(held).as("what held the step").hasSizeGreaterThan(2);
      assertThat(work.strays()).isZero();

      work.finish(home);

      work.assertDoneOnce(home);
      assertThat(sockets()).as("sockets that are left").isEmpty();
    }
  }

  private static void awaitLog(AvatarProcess avatar, Work work, String text)
      throws InterruptedException {
    while (!work.backend().log(1).contains(text)) {
      assertThat(avatar.isAlive()).as(avatar.console()).isTrue();
      avatar.awaits(all -> false, Duration.ofMillis(5));
    }
  }

  private static void awaitEnd(List<ProcessHandle> processes, AvatarProcess avatar)
      throws InterruptedException {
    long start = System.nanoTime();
    while (processes.stream().anyMatch(ProcessHandle::isAlive)) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
      avatar.awaits(all -> false, Duration.ofMillis(5));
    }
  }

  private List<Path> sockets() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      return files
          .filter(file -> !Files.isDirectory(file) && !Files.isRegularFile(file))
          .filter(file -> !Files.isSymbolicLink(file))
          .toList();
    }
  }
}
