package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** renovate#8312: branches that Git cannot have at the same time. */
class BranchClashTest {
  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("a.txt", "a\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private void checkOut(String url, String branch) throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(url),
            new BranchName(branch),
            List.of(new BranchName("main")),
            temp.resolve("home"));
    new JGitRepository(GitSettings.of(JGitContract.IDENTITY), Clock.systemUTC())
        .checkOut(request, progress -> {})
        .close();
  }

  @ParameterizedTest
  @CsvSource({
    "true, feat, feat/x",
    "true, feat, feat/x/y",
    "true, feat/x, feat",
    "true, feat/x/y, feat",
    "false, feat, feat/x",
    "false, feat/x, feat",
  })
  void areRefusedBeforeTheWork(boolean overHttp, String existing, String wanted) {
    remote.commit(existing, "other", Map.of("b.txt", TreeFile.of("b\n")));
    String url = overHttp ? server.httpUrl("app") : server.path("app").toString();

    PortException failure = catchThrowableOfType(PortException.class, () -> checkOut(url, wanted));

    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_TASK);
    assertThat(failure).hasMessageContaining("the branch '" + existing + "' exists there");
    assertThat(temp.resolve("home")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"feat, feat", "feat, feature/x", "feat/x, feat/y", "feat-1, feat"})
  void areNotFoundInNamesThatOnlyBeginAlike(String existing, String wanted) {
    remote.commit(existing, "other", Map.of("b.txt", TreeFile.of("b\n")));

    assertThatCode(() -> checkOut(server.httpUrl("app"), wanted)).doesNotThrowAnyException();
  }
}
