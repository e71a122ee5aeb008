package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.internal.support.ExecutableBit;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The configuration of the user, in the home folder that all tests share. */
@Isolated
class UserConfigurationTest {
  private static final BranchName WORK = new BranchName("dev-1-work");

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("README.md", "one\ntwo\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private WorkingCopy checkOut() throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl("app")), WORK, List.of(), temp.resolve("home"));
    return new JGitRepository(GitSettings.of(JGitContract.IDENTITY), JGitContract.CLOCK)
        .checkOut(request, progress -> {});
  }

  @Test
  void isNotReadAndNotWritten() throws Exception {
    Path user = Path.of(System.getProperty("user.home"));
    Folders.delete(user.resolve(".config/jgit")); // left by a server that used the place before
    Path config = Files.createDirectories(user).resolve(".gitconfig");
    Path hooks = Files.createDirectories(temp.resolve("hooks"));
    Path trace = temp.resolve("hook-ran");
    Path hook = Files.writeString(hooks.resolve("pre-push"), "#!/bin/sh\ntouch " + trace + "\n");
    ExecutableBit.set(hook);
    Files.writeString(
        config,
        """
        [core]
          hooksPath = %s
          autocrlf = true
          excludesFile = %s
        [url "http://127.0.0.1:1/"]
          insteadOf = http://
        [commit]
          gpgSign = true
        """
            .formatted(hooks, Files.writeString(temp.resolve("excludes"), "*\n")));
    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("README.md")).hasContent("one\ntwo\n");
      Files.writeString(copy.directory().resolve("a.txt"), "a\r\n");
      StagedChange change = stageAll(copy);
      assertThat(change.changes()).isNotEmpty();
      change.commit("work").push();
    } finally {
      Files.delete(config);
    }

    assertThat(remote.read(WORK.value(), "a.txt")).isEqualTo("a\r\n");
    assertThat(trace).doesNotExist();
    assertThat(user.resolve(".config/jgit")).doesNotExist();
    assertThat(user.resolve(".jgitconfig")).doesNotExist();
  }
}
