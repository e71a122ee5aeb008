package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The objects that a push sends. */
class PushSizeTest {
  private static final int LARGE = 500_000;

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    var content = new byte[LARGE];
    new Random(7).nextBytes(content);
    Map<String, String> files = new HashMap<>(Map.of("README.md", "one\n"));
    files.put("large", Base64.getEncoder().encodeToString(content));
    remote.seed("main", files);
    remote.seed("main", Map.of("more.txt", "more\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private long stored() throws IOException {
    try (Stream<Path> files = Files.walk(server.path("app").resolve("objects"))) {
      return files.filter(Files::isRegularFile).mapToLong(PushSizeTest::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WorkingCopy checkOut(String url, int depth) throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(url),
            new BranchName("work"),
            List.of(new BranchName("main")),
            temp.resolve("home"));
    return new JGitRepository(
            GitSettings.of(JGitContract.IDENTITY).withDepth(depth), Clock.systemUTC())
        .checkOut(request, progress -> {});
  }

  private static LocalCommit commit(WorkingCopy copy) throws IOException {
    Files.writeString(copy.directory().resolve("mine.txt"), "mine\n");
    return stageAll(copy).commit("work");
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 0", "true, 1"})
  void isThatOfTheChangeWhereTheBaseHasMovedSince(boolean overHttp, int depth) throws Exception {
    String url = overHttp ? server.httpUrl("app") : server.path("app").toString();
    try (WorkingCopy copy = checkOut(url, depth)) {
      LocalCommit commit = commit(copy);
      remote.commit("main", "elsewhere", Map.of());
      long before = stored();

      commit.push();

      assertThat(remote.headOf("work")).contains(commit.id());
      assertThat(stored() - before).isLessThan(LARGE / 10);
    }
  }

  @Test
  void doesNotMatterWhereTheBaseIsGone() throws Exception {
    try (WorkingCopy copy = checkOut(server.httpUrl("app"), 0)) {
      LocalCommit commit = commit(copy);
      remote.delete("main");

      commit.push();

      assertThat(remote.headOf("work")).contains(commit.id());
      assertThat(remote.read("work", "large")).isNotEmpty();
    }
  }
}
