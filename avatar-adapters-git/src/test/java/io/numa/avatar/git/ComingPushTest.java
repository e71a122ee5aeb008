package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A remote that is asked for its refs before it is pushed to. */
class ComingPushTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;
  private int copies;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("README.md", "one\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private WorkingCopy checkOut() throws InterruptedException {
    copies++;
    var checkout =
        new Checkout(
            RepositoryUrl.parse(server.httpUrl("app")),
            new BranchName("work-" + copies),
            List.of(),
            temp.resolve("home" + copies));
    return new JGitRepository(GitSettings.of(JGitContract.IDENTITY), Clock.systemUTC())
        .checkOut(checkout, progress -> {});
  }

  private static CommitId commit(WorkingCopy copy) throws IOException {
    Files.writeString(copy.directory().resolve("mine.txt"), "mine\n");
    copy.stage();
    return copy.commit("work");
  }

  private void awaitRequests(int count) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (server.requests() < count && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(server.requests()).isEqualTo(count);
  }

  @Test
  void costsNoRequestMore() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      int before = server.requests();
      copy.expectPush();
      awaitRequests(before + 1);
      CommitId commit = commit(copy);

      copy.push();

      assertThat(server.requests()).isEqualTo(before + 2);
      assertThat(remote.headOf("work-1")).contains(commit);
    }
  }

  @Test
  void isForgottenWhereItFails() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      server.requirePassword("somebody", "else");
      copy.expectPush();
      commit(copy);

      assertThatThrownBy(copy::push)
          .isInstanceOf(PortException.class)
          .hasMessageContaining("refused the credentials");
      assertThat(remote.headOf("work-1")).isEmpty();
    }
  }

  @Test
  void isLookedForWhereItsAnswerIsLost() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      copy.expectPush();
      CommitId commit = commit(copy);
      server.loseNextPushAnswer();

      copy.push();

      assertThat(remote.headOf("work-1")).contains(commit);
    }
  }

  @Test
  void doesNotKeepAWorkingCopyFromBeingClosed() throws Exception {
    WorkingCopy copy = checkOut();
    server.stall();
    copy.expectPush();
    long start = System.nanoTime();

    copy.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    assertThat(temp.resolve("home1")).doesNotExist();
  }
}
