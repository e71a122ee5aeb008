package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of the folders of working trees. */
class TreeNamesTest {
  /** As long as {@code /var/lib/numa-avatar/workspace}. */
  private static final int USUAL_WORKSPACE = 31;

  /** Such as {@code build/test-tmp/node-1/postgres.sock.lock}. */
  private static final String SOCKET = "build/test-tmp/node-1/postgres.sock.lck";

  @TempDir Path temp;
  private GitServer server;
  private String url = "";

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    String name = "a-group/with-a-longer-name/and-a-project";
    server.createRepository(name).seed("main", Map.of("a.txt", "a\n"));
    url = server.httpUrl(name);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private WorkingCopy checkOut(JGitRepository repository, Path workspace)
      throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(url),
            new BranchName("work"),
            List.of(new BranchName("main")),
            workspace.resolve("home"));
    return repository.checkOut(request, progress -> {});
  }

  private static JGitRepository repository(CacheSettings cache) {
    return new JGitRepository(
        GitSettings.of(JGitContract.IDENTITY).withReuse(cache), Clock.systemUTC());
  }

  /** sqlite, docker: a UNIX socket in the tree, whose path may have 107 bytes. */
  @Test
  void leaveRoomForTheSocketsOfTests() throws Exception {
    Path workspace = temp.resolve("w");
    try (WorkingCopy copy = checkOut(repository(CacheSettings.in(workspace)), workspace)) {
      Path socket = copy.directory().resolve(SOCKET);
      Files.createDirectories(socket.resolveSibling(""));
      int usual = USUAL_WORKSPACE + workspace.relativize(socket).toString().length();
      assertThat(usual).isLessThan(107);

      try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.bind(UnixDomainSocketAddress.of(socket));
        assertThat(socket).exists();
      }
    }
  }

  @Test
  void areExplainedToTheOperator() throws Exception {
    Path workspace = temp.resolve("w");
    try (WorkingCopy copy = checkOut(repository(CacheSettings.in(workspace)), workspace)) {
      assertThat(copy.directory().resolve("../repository").normalize()).hasContent(url);
    }
  }

  /** An earlier version named the folders of trees as those of mirrors. */
  @Test
  void outdateTheTreesOfEarlierVersions() throws Exception {
    Path workspace = temp.resolve("w");
    Path old = workspace.resolve("trees/127.0.0.1-1-app-0123456789abcdef/0/tree");
    Files.createDirectories(old);
    Files.writeString(old.resolve("a.txt"), "a\n");
    JGitRepository repository = repository(CacheSettings.in(workspace));

    repository.tidy();

    assertThat(old).doesNotExist();
  }
}
