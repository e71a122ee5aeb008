package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.SshAccess;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  private static final GitSettings NONE = GitSettings.of(new GitIdentity("A", "a@example.com"));
  private static final String TOKEN = "tok-7f3a91";

  @TempDir Path temp;
  private GitServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    server.createRepository("app").seed("main", Map.of("a.txt", "a\n"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private JGitRepository.Probe probe(GitSettings settings, String url) {
    return new JGitRepository(settings, Clock.systemUTC()).probe(RepositoryUrl.parse(url));
  }

  private PortException refusal(GitSettings settings, String url) {
    return catchThrowableOfType(PortException.class, () -> probe(settings, url));
  }

  private static GitSettings withToken(String host) {
    return NONE.withCredentials(HostCredential.password(host, "bot", new Secret(TOKEN)));
  }

  @Test
  void probesTheRemote() {
    var probe = probe(NONE, server.httpUrl("app"));

    assertThat(probe.branches()).isEqualTo(1);
    assertThat(probe.head()).isPresent();
  }

  @Test
  void refusesAWrongPasswordAtOnce() {
    server.requirePassword("bot", "another");

    var failure = refusal(withToken("127.0.0.1:*"), server.httpUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("git.credentials").hasMessageNotContaining(TOKEN);
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void logsInByOtherCredentialsAsSoonAsItIsToldTo() {
    server.requirePassword("bot", TOKEN);
    RepositoryUrl url = RepositoryUrl.parse(server.httpUrl("app"));
    var repository = new JGitRepository(NONE, Clock.systemUTC());
    assertThat(catchThrowableOfType(PortException.class, () -> repository.probe(url)).kind())
        .isEqualTo(FailureKind.UNAUTHORIZED);

    repository.use(withToken("127.0.0.1:*").credentials());

    assertThat(repository.probe(url).branches()).isEqualTo(1);
  }

  @Test
  void saysWhichCredentialIsMissing() {
    server.requirePassword("bot", TOKEN);

    var failure = refusal(NONE, server.httpUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure)
        .hasMessageContaining(
            "add one for '%s' under git.credentials",
            server.httpUrl("app").replaceFirst("http://([^/]*)/.*", "$1"));
  }

  @Test
  void usesTheFirstCredentialThatMatchesHostAndPort() {
    server.requirePassword("bot", TOKEN);
    int port = URI.create(server.httpUrl("app")).getPort();
    var settings =
        NONE.withCredentials(
            HostCredential.password("example.com", "bot", new Secret("1")),
            HostCredential.password("127.0.0.1:1", "bot", new Secret("2")),
            HostCredential.password("127.0.0.1:" + port, "bot", new Secret(TOKEN)),
            HostCredential.password("127.0.0.1:*", "bot", new Secret("3")));

    assertThat(probe(settings, server.httpUrl("app")).branches()).isEqualTo(1);
  }

  @Test
  void prefersTheUserNameOfTheUrl() {
    server.requirePassword("url-user", TOKEN);

    var url = server.httpUrl("app").replace("//", "//url-user@");

    assertThat(probe(withToken("127.0.0.1:*"), url).branches()).isEqualTo(1);
  }

  @Test
  void neverLeavesATokenOnDisk() throws Exception {
    server.requirePassword("bot", TOKEN);
    Path home = temp.resolve("home");
    var repository = new JGitRepository(withToken("127.0.0.1:*"), Clock.systemUTC());
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl("app")), new BranchName("dev-1"), List.of(), home);

    try (var copy = repository.checkOut(request, progress -> {})) {
      Files.writeString(copy.directory().resolve("b.txt"), "b\n");
      stageAll(copy).commit("b").push();

      List<Path> leaks = new ArrayList<>();
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (new String(Files.readAllBytes(file), ISO_8859_1).contains(TOKEN)) {
            leaks.add(file);
          }
        }
      }
      assertThat(leaks).isEmpty();
    }
  }

  @Test
  void sendsNoPasswordInTheClearToAnotherMachine() {
    var failure = refusal(withToken("git.example.com"), "http://git.example.com/app.git");

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("allow_insecure_http");
    assertThat(failure.getCause()).isNull();
  }

  /** A server that asks for a login and then redirects every client to another server. */
  private HttpServer redirecting(String target) throws IOException {
    var redirecting =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    redirecting.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Authorization")) {
            exchange.getResponseHeaders().set("Location", target + exchange.getRequestURI());
            exchange.sendResponseHeaders(302, -1);
          } else {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(401, -1);
          }
          exchange.close();
        });
    redirecting.start();
    return redirecting;
  }

  @Test
  void showsNoCredentialToAServerThatAnotherRedirectsTo() throws Exception {
    List<String> shown = new CopyOnWriteArrayList<>();
    List<String> asked = new CopyOnWriteArrayList<>();
    var thief = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    thief.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          Optional.ofNullable(exchange.getRequestHeaders().get("Authorization"))
              .ifPresent(shown::addAll);
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"y\"");
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    thief.start();
    var first = redirecting("http://127.0.0.1:" + thief.getAddress().getPort());
    try {
      int port = first.getAddress().getPort();

      var failure =
          refusal(withToken("127.0.0.1:" + port), "http://127.0.0.1:" + port + "/app.git");

      assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
      assertThat(asked).isNotEmpty();
      assertThat(shown).isEmpty();
    } finally {
      first.stop(0);
      thief.stop(0);
    }
  }

  @Test
  void givesUpOnAServerThatStaysSilent() {
    server.stall();

    var failure = refusal(NONE.withTimeout(Duration.ofSeconds(1)), server.httpUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("did not answer in time");
  }

  @Test
  void refusesAnSshHostWhoseKeyIsUnknown() throws Exception {
    Path key = temp.resolve("id");
    server.authorizeNewKey(key);
    Path knownHosts = Files.createFile(temp.resolve("known_hosts"));
    var settings = NONE.withCredentials(HostCredential.sshKey("127.0.0.1", key, knownHosts));

    var failure = refusal(settings, server.sshUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("known_hosts");
    assertThat(knownHosts).isEmptyFile();
  }

  @Test
  void refusesAnSshHostWhoseKeyHasChanged() throws Exception {
    Path key = temp.resolve("id");
    server.authorizeNewKey(key);
    String line;
    try (var other = GitServer.start(temp.resolve("other"))) {
      String port = server.knownHostsLine().replaceFirst(" .*", "");
      line = other.knownHostsLine().replaceFirst("^\\S+", port);
    }
    Path knownHosts = Files.writeString(temp.resolve("known_hosts"), line + "\n");
    var settings = NONE.withCredentials(HostCredential.sshKey("127.0.0.1", key, knownHosts));

    var failure = refusal(settings, server.sshUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("known_hosts");
    assertThat(knownHosts).hasContent(line + "\n");
  }

  @Test
  void logsInWithAnEd25519KeyThatHasAPassphrase() throws Exception {
    Path key = temp.resolve("id_ed25519");
    Process keygen =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "pass phrase", "-f", key.toString())
            .start();
    assertThat(keygen.waitFor()).isZero();
    server.authorize(temp.resolve("id_ed25519.pub"));
    Path knownHosts = Files.writeString(temp.resolve("hosts"), server.knownHostsLine() + "\n");
    var credential =
        HostCredential.ssh(
            "127.0.0.1",
            new SshAccess(
                Optional.of(key),
                Optional.of(new Secret("pass phrase")),
                Optional.empty(),
                Optional.of(knownHosts)));

    var settings = NONE.withCredentials(credential);

    assertThat(probe(settings, server.sshUrl("app")).branches()).isEqualTo(1);
  }

  @Test
  void refusesAnSshKeyThatTheServerDoesNotKnow() throws Exception {
    Path key = temp.resolve("id");
    try (var other = GitServer.start(temp.resolve("other"))) {
      other.authorizeNewKey(key);
    }
    Path knownHosts =
        Files.writeString(temp.resolve("known_hosts"), server.knownHostsLine() + "\n");
    var settings = NONE.withCredentials(HostCredential.sshKey("127.0.0.1", key, knownHosts));

    var failure = refusal(settings, server.sshUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("git.credentials");
  }

  @Test
  void reportsAServerThatIsNotThere() {
    String url = server.httpUrl("app");
    server.close();

    assertThat(refusal(NONE, url).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void printsNoSecret() {
    assertThat(withToken("a.example.com").toString()).contains("***").doesNotContain(TOKEN);
  }
}
