package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    "true, main, MAIN",
    "true, main, Main",
    "true, main, heads/main",
    "true, main, heads/heads/Main",
    "true, main, main/x",
    "true, Feature, feature/X",
    "true, feature/x, Feature",
    "true, main, \uff4d\uff41\uff49\uff4e",
    "true, main, m\u0430in",
    "true, main, ma\u200bin",
    "true, main, ma\u0131n",
    "false, caf\u00e9, cafe\u0301",
    "false, main, mAiN",
    "false, feat, FEAT/x",
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
  @CsvSource({
    "feat, feat",
    "feat, feature/x",
    "feat/x, feat/y",
    "feat-1, feat",
    "Feat/x, feat/y",
    "caf\u00e9, cafe",
    "main-heads, heads"
  })
  void areNotFoundInNamesThatOnlyBeginAlike(String existing, String wanted) {
    remote.commit(existing, "other", Map.of("b.txt", TreeFile.of("b\n")));

    assertThatCode(() -> checkOut(server.httpUrl("app"), wanted)).doesNotThrowAnyException();
  }

  /** A remote that is asked for some of its branches does not list a spelling that is unusual. */
  @ParameterizedTest
  @CsvSource({"mAiN, main-2", "main-2, mAIn-2", "feat, fEAT/x"})
  void areRefusedBeforeTheyArePushed(String existing, String wanted) throws Exception {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl("app")),
            new BranchName(wanted),
            List.of(new BranchName("main")),
            temp.resolve("home"));
    var repository = new JGitRepository(GitSettings.of(JGitContract.IDENTITY), Clock.systemUTC());
    try (WorkingCopy copy = repository.checkOut(request, progress -> {})) {
      Files.writeString(copy.directory().resolve("new.txt"), "new\n");
      LocalCommit commit = stageAll(copy).commit("work");
      remote.commit(existing, "other", Map.of("b.txt", TreeFile.of("b\n")));

      if (wanted.equals("main-2")) {
        commit.push();
        return;
      }
      PortException failure = catchThrowableOfType(PortException.class, commit::push);

      assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(failure).hasMessageContaining("the branch '" + existing + "' exists there");
      assertThat(remote.branches()).doesNotContain(wanted);
    }
  }

  @Test
  void areRefusedBesideATagThatGitWouldMean() throws IOException {
    Path tag = server.path("app").resolve("refs/tags/v1");
    Files.createDirectories(tag.getParent());
    Files.writeString(tag, remote.headOf("main").orElseThrow() + "\n");

    PortException failure =
        catchThrowableOfType(PortException.class, () -> checkOut(server.httpUrl("app"), "tags/v1"));

    assertThat(failure).hasMessageContaining("the tag 'v1' exists there");
  }
}
