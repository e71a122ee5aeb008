package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.fixture.GitFront;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.git.settings.SshAccess;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers and the proxies in front of them answer in place of what was asked for. */
class RemoteAnswersTest {
  private static final String FETCH = "service=git-upload-pack";
  private static final String PUSH = "POST /app.git/git-receive-pack";
  private static final String PAGE = "<!DOCTYPE html><html><body>Back soon</body></html>";
  private static final String PASSWORD = "s3cret-7f3a91";

  @TempDir Path temp;
  private GitServer server;
  private GitFront front;
  private SeededRepository remote;

  @BeforeEach
  void startServers() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of("a.txt", "a\n"));
    String url = server.httpUrl("app");
    front = GitFront.start(url.substring(0, url.indexOf("/app.git")));
  }

  @AfterEach
  void stopServers() {
    front.close();
    server.close();
  }

  private static String login() {
    return Base64.getEncoder().encodeToString(("bot:" + PASSWORD).getBytes(UTF_8));
  }

  private static GitSettings settings() {
    return GitSettings.of(JGitContract.IDENTITY)
        .withCredentials(HostCredential.password("127.0.0.1:*", "bot", new Secret(PASSWORD)));
  }

  private WorkingCopy checkOut() throws InterruptedException {
    return checkOut(settings(), front.url("app"));
  }

  private WorkingCopy checkOut(GitSettings settings, String url) throws InterruptedException {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(url),
            new BranchName("work"),
            List.of(new BranchName("main")),
            temp.resolve("home"));
    return new JGitRepository(settings, Clock.systemUTC()).checkOut(request, progress -> {});
  }

  private PortException fetchRefusal() {
    return catchThrowableOfType(PortException.class, () -> checkOut().close());
  }

  private static LocalCommit commit(WorkingCopy copy, int size) throws IOException {
    var content = new byte[size];
    new Random(7).nextBytes(content);
    Files.write(copy.directory().resolve("mine.txt"), Base64.getEncoder().encode(content));
    return stageAll(copy).commit("work");
  }

  private PortException pushRefusal() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      LocalCommit commit = commit(copy, 100);
      return catchThrowableOfType(PortException.class, commit::push);
    }
  }

  /** redmine_git_hosting#63, dulwich#1192: the type of the advertisement has a parameter. */
  @Test
  void readsAnAdvertisementWhoseTypeHasAParameter() throws Exception {
    for (String part : List.of("info/refs", "git-upload-pack", "git-receive-pack")) {
      front.answer(part, exchange -> front.passOn(exchange, "; charset=utf-8"));
    }
    try (WorkingCopy copy = checkOut()) {
      LocalCommit commit = commit(copy, 100);

      commit.push();

      assertThat(remote.headOf("work")).contains(commit.id());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, UNAUTHORIZED",
    "404, NOT_FOUND",
    "422, INVALID_ANSWER",
    "503, UNAVAILABLE",
  })
  void tellsTheServersWordsAtAFetch(int status, FailureKind kind) {
    front.answer(FETCH, status, "text/plain; charset=utf-8", "moved \u001b[31mhouse\u0007\n");

    PortException failure = fetchRefusal();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining("" + status).hasMessageContaining("moved house");
    assertThat(failure.getMessage()).doesNotContain("\u001b", "\u0007");
  }

  /** go-gitea#32839: a push that is too large for the proxy. */
  @ParameterizedTest
  @CsvSource({
    "403, UNAUTHORIZED",
    "413, PUSH_REJECTED",
    "502, UNAVAILABLE",
  })
  void tellsTheServersWordsAtAPush(int status, FailureKind kind) throws Exception {
    front.answer(PUSH, status, "text/plain", "more than 1 MiB\n");

    PortException failure = pushRefusal();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining("" + status).hasMessageContaining("more than 1 MiB");
  }

  @ParameterizedTest
  @CsvSource({"GET /app.git/info/refs?service=git-upload-pack", "POST /app.git/git-upload-pack"})
  void takesAWebPageForAPassingState(String request) {
    front.answer(request, 200, "text/html; charset=utf-8", PAGE);

    PortException failure = fetchRefusal();

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("'127.0.0.1' answers with a web page");
  }

  @ParameterizedTest
  @CsvSource({"GET /app.git/info/refs?service=git-receive-pack", "POST /app.git/git-receive-pack"})
  void takesAWebPageForAPassingStateAtAPush(String request) throws Exception {
    front.answer(request, 200, "text/html", PAGE);

    PortException failure = pushRefusal();

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("'127.0.0.1' answers with a web page");
  }

  @Test
  void doesNotFollowARedirectedPushAndSendsNoLoginThere() throws Exception {
    front.answer(
        PUSH, 302, Map.of("Location", "http://localhost:" + front.port() + "/sign-in?s=1"), "");

    PortException failure = pushRefusal();

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("302, a redirection to localhost:" + front.port() + ", which is not")
        .hasMessageNotContaining("sign-in");
    assertThat(front.asked()).noneMatch(request -> request.contains("sign-in"));
  }

  /** A login page on another path is no place of a repository. */
  @Test
  void takesARedirectedFetchForAPassingState() {
    front.answer(
        FETCH, 302, Map.of("Location", "http://localhost:" + front.port() + "/sign-in?s=1"), "");

    PortException failure = fetchRefusal();

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageNotContaining("s=1");
  }

  /** GitLab: 200, and the refusal inside Git's protocol. */
  @ParameterizedTest
  @CsvSource({
    "The project you were looking for could not be found., NOT_FOUND",
    "Repository not found, NOT_FOUND",
    "access denied or repository not exported, UNAUTHORIZED",
    "GitLab is under maintenance, UNAVAILABLE",
    "upload-pack: not our ref, INVALID_ANSWER",
  })
  void judgesTheWordsInsideTheProtocol(String words, FailureKind kind) {
    String line = "ERR " + words;
    front.answer(
        FETCH,
        200,
        "application/x-git-upload-pack-advertisement",
        "001e# service=git-upload-pack\n0000" + String.format("%04x", line.length() + 4) + line);

    PortException failure = fetchRefusal();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(words);
  }

  /** gitbucket#42, gogs#4531: only the push itself asks for a login. */
  @ParameterizedTest
  @CsvSource({"100", "3000000"})
  void logsInWhereOnlyThePushAsks(int size) throws Exception {
    front.challenge(PUSH, "Basic " + login());
    try (WorkingCopy copy = checkOut()) {
      LocalCommit commit = commit(copy, size);

      commit.push();

      assertThat(remote.headOf("work")).contains(commit.id());
    }
  }

  @Test
  void saysThatTheLoginOfALargePushIsRefused() throws Exception {
    front.challenge(PUSH, "Basic bm90OnRoaXM=");
    try (WorkingCopy copy = checkOut()) {
      LocalCommit commit = commit(copy, 3_000_000);

      PortException failure = catchThrowableOfType(PortException.class, commit::push);

      assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
      assertThat(failure).hasMessageContaining("git.credentials");
    }
  }

  /** http-kit#336: a host with an underscore, which only a proxy can find here. */
  @Test
  void reachesHostsWithAnUnderscore() throws Exception {
    front.challenge("app.git", "Basic " + login());
    var proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), front.port());
    var settings =
        GitSettings.of(JGitContract.IDENTITY)
            .withCredentials(
                new HostCredential(
                    "git_server:3000",
                    Optional.empty(),
                    Optional.of("bot"),
                    Optional.of(new TokenSource.Given(new Secret(PASSWORD))),
                    SshAccess.NONE,
                    true))
            .withAccess(
                GitAccess.open().withNetwork(HttpNetwork.DIRECT.withProxy(proxy, List.of())));

    try (WorkingCopy copy = checkOut(settings, "http://git_server:3000/app.git")) {
      LocalCommit commit = commit(copy, 100);

      commit.push();

      assertThat(remote.headOf("work")).contains(commit.id());
    }
  }

  /** A path that Java's rules do not allow, and one with segments that lead up. */
  @ParameterizedTest
  @ValueSource(strings = {"ap|p ü", "x/../y/./../ap|p ü"})
  void encodesPathsAsGitDoes(String path) throws Exception {
    server.createRepository("ap|p ü").seed("main", Map.of("a.txt", "a\n"));

    try (WorkingCopy copy = checkOut(settings(), front.url(path))) {
      assertThat(copy.directory().resolve("a.txt")).hasContent("a\n");
    }
    assertThat(front.asked()).allMatch(request -> request.contains("/ap%7Cp%20%C3%BC.git/"));
  }

  /** Section of words: not JGit's "cannot open git-upload-pack". */
  @Test
  void saysThatAHostIsUnknownOrTakesNoConnection() throws Exception {
    assertThatThrownBy(() -> checkOut(settings(), "https://nohost.invalid/app.git"))
        .hasMessageContaining("'nohost.invalid' is an unknown host; check the address");
    assertThatThrownBy(() -> checkOut(settings(), "ssh://git@nohost.invalid/app.git"))
        .hasMessageContaining("'nohost.invalid' is an unknown host; check the address");
    try (var reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = reserved.getLocalPort();
      reserved.close();
      for (String scheme : List.of("http://", "ssh://git@")) {
        assertThatThrownBy(() -> checkOut(settings(), scheme + "127.0.0.1:" + port + "/app.git"))
            .hasMessageContaining("'127.0.0.1' takes no connection at port " + port);
      }
    }
  }
}
