package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.git.internal.access.ServerCapabilities;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.remote.PreparedPush;
import io.numa.avatar.git.internal.remote.Pusher;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.TransferMonitor;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push whose request for the remote's refs is sent before the commit exists. */
class PreparedPushTest {
  private static final Duration SOON = Duration.ofSeconds(30);

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
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl("app")),
            new BranchName("work-" + copies),
            List.of(),
            temp.resolve("home" + copies));
    return new JGitRepository(GitSettings.of(JGitContract.IDENTITY), Clock.systemUTC())
        .checkOut(request, progress -> {});
  }

  private static StagedChange change(WorkingCopy copy) throws IOException {
    Files.writeString(copy.directory().resolve("mine.txt"), "mine\n");
    return stageAll(copy);
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
      StagedChange change = change(copy);
      change.preparePush();
      awaitRequests(before + 1);
      LocalCommit commit = change.commit("work");

      commit.push();

      assertThat(server.requests()).isEqualTo(before + 2);
      assertThat(remote.headOf("work-1")).contains(commit.id());
    }
  }

  @Test
  void isAskedForOnce() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      int before = server.requests();
      StagedChange change = change(copy);
      change.preparePush();
      awaitRequests(before + 1);
      change.preparePush();
      LocalCommit commit = change.commit("work");

      commit.push();

      assertThat(server.requests()).isEqualTo(before + 2);
      assertThat(remote.headOf("work-1")).contains(commit.id());
    }
  }

  /** A test of a change may take long, and a server closes an idle connection. */
  @Test
  void isGivenUpAfterAWhile() throws Exception {
    try (WorkingCopy copy = checkOut();
        var repository = GitDirectory.open(LocalCheckout.git(temp.resolve("home1")))) {
      var url = RepositoryUrl.parse(server.httpUrl("app"));
      var settings = GitSettings.of(JGitContract.IDENTITY);
      var old = new Remote(url, settings, new ServerCapabilities());
      PreparedPush.CatchUp none = () -> {};
      var push =
          new PreparedPush(
              old, repository, none, TransferMonitor.of(temp, progress -> {}), Duration.ZERO);
      awaitEnd(push);
      StagedChange change = change(copy);
      var commit = ObjectId.fromString(change.commit("work").id().value());

      var order = new Pusher.Order(commit, "refs/heads/work-1", Optional.empty());

      assertThat(push.push(order)).isEmpty();
      assertThat(remote.headOf("work-1")).isEmpty();
    }
  }

  private static void awaitEnd(PreparedPush push) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (push.isOpen() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(push.isOpen()).isFalse();
  }

  @Test
  void isForgottenWhereItFails() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      server.requirePassword("somebody", "else");
      StagedChange change = change(copy);
      change.preparePush();
      LocalCommit commit = change.commit("work");

      assertThatThrownBy(commit::push)
          .isInstanceOf(PortException.class)
          .hasMessageContaining("refused the credentials");
      assertThat(remote.headOf("work-1")).isEmpty();
    }
  }

  @Test
  void isLookedForWhereItsAnswerIsLost() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      StagedChange change = change(copy);
      change.preparePush();
      LocalCommit commit = change.commit("work");
      server.loseNextPushAnswer();

      commit.push();

      assertThat(remote.headOf("work-1")).contains(commit.id());
    }
  }

  @Test
  void doesNotKeepAWorkingCopyFromBeingClosed() throws Exception {
    WorkingCopy copy = checkOut();
    StagedChange change = change(copy);
    server.stall();
    change.preparePush();
    long start = System.nanoTime();

    copy.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    assertThat(temp.resolve("home1")).doesNotExist();
  }
}
