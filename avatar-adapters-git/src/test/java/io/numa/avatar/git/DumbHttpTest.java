package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.numa.avatar.git.fixture.GitFront;
import io.numa.avatar.git.fixture.SystemPrograms;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.RescuedCommit;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Web servers that offer a repository's files, without Git's services. */
class DumbHttpTest {
  @TempDir Path temp;
  private GitFront front;
  private Path files = Path.of("");

  @BeforeEach
  void serveFiles() throws Exception {
    try (var server = GitServer.start(temp.resolve("server"))) {
      server.createRepository("app").seed("main", Map.of("a.txt", "a\n", "b/c.txt", "c\n"));
      files = server.path("app");
    }
    Path git = SystemPrograms.require("git");
    Process info =
        new ProcessBuilder(git.toString(), "--git-dir", files.toString(), "update-server-info")
            .start();
    assertThat(info.waitFor()).isZero();
    front = GitFront.start("http://127.0.0.1:1");
    front.answer("GET /app.git/", this::send);
    front.answer("POST", 405, "text/plain", "files only");
  }

  @AfterEach
  void stop() {
    front.close();
  }

  private void send(HttpExchange exchange) throws IOException {
    Path file = files.resolve(exchange.getRequestURI().getPath().substring("/app.git/".length()));
    if (Files.isRegularFile(file)) {
      byte[] content = Files.readAllBytes(file);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private WorkingCopy checkOut(GitSettings settings) throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(front.url("app")),
            new BranchName("work"),
            List.of(new BranchName("main")),
            temp.resolve("home"));
    return new JGitRepository(settings, Clock.systemUTC()).checkOut(request, progress -> {});
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void areFetchedFrom(int depth) throws Exception {
    GitSettings settings =
        GitSettings.of(JGitContract.IDENTITY)
            .withDepth(depth)
            .withReuse(CacheSettings.in(temp.resolve("kept")));
    try (WorkingCopy copy = checkOut(settings)) {
      assertThat(copy.directory().resolve("b/c.txt")).hasContent("c\n");
    }
  }

  /** isomorphic-git#360: a push to a server without services. */
  @Test
  void takeNoPushesAndTheWorkIsKept() throws Exception {
    try (WorkingCopy copy = checkOut(GitSettings.of(JGitContract.IDENTITY))) {
      Files.writeString(copy.directory().resolve("mine.txt"), "mine\n");
      LocalCommit commit = stageAll(copy).commit("work");

      PortException failure = catchThrowableOfType(PortException.class, commit::push);
      RescuedCommit kept =
          commit.rescue(Attempt.of(new TaskId("7")), temp.resolve("parked/app.git"));

      assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(failure).hasMessageContaining("'127.0.0.1' takes no pushes");
      assertThat(kept.commit()).isEqualTo(commit.id());
    }
  }
}
