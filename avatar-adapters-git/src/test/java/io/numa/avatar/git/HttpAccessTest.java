package io.numa.avatar.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.git.fixture.NginxGit;
import io.numa.avatar.git.fixture.TestProxy;
import io.numa.avatar.git.settings.AllowedUrls;
import io.numa.avatar.git.settings.CertificateAuthorities;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.git.settings.ProxyLogin;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens, certificates, proxies and redirects, tested with nginx, a web server that many hosts run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpAccessTest {
  private static final GitSettings NONE = GitSettings.of(new GitIdentity("A", "a@example.com"));
  private static final String TOKEN = "tok-7f3a91";
  private static final ProxyLogin LOGIN = new ProxyLogin("ada", new Secret("pr0xy"));

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private @Nullable NginxGit nginx;
  private @Nullable HttpServer other;
  private Path folder = Path.of("");
  private Path repository = Path.of("");

  @BeforeAll
  void startNginx(@TempDir Path temp) throws Exception {
    folder = temp;
    nginx = NginxGit.start(temp.resolve("nginx"));
    try (var server = GitServer.start(temp.resolve("server"))) {
      server.createRepository("app").seed("main", Map.of("a.txt", "a\n"));
      repository = server.path("app");
    }
  }

  @AfterAll
  void stopNginx() {
    if (nginx != null) {
      nginx.close();
    }
  }

  @BeforeEach
  void startAfresh() throws IOException {
    nginx.requirePassword(TOKEN);
    asked.clear();
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.start();
  }

  @AfterEach
  void stopOther() {
    other.stop(0);
  }

  private int branches(GitSettings settings, String url) {
    return new JGitRepository(settings, Clock.systemUTC())
        .probe(RepositoryUrl.parse(url))
        .branches();
  }

  private PortException refusal(GitSettings settings, String url) {
    return catchThrowableOfType(PortException.class, () -> branches(settings, url));
  }

  private static GitSettings with(String host, TokenSource token) {
    return NONE.withCredentials(HostCredential.token(host, token).withUsername(NginxGit.USER));
  }

  private static GitSettings withToken(String host) {
    return with(host, new TokenSource.Given(new Secret(TOKEN)));
  }

  private GitSettings trusting(GitSettings settings) throws IOException {
    return settings.withAccess(
        GitAccess.open()
            .withNetwork(
                HttpNetwork.DIRECT.withAuthorities(
                    CertificateAuthorities.read(nginx.certificate()))));
  }

  @Test
  void takesTheServicesUserNameForATokenIfNoneIsConfigured() throws IOException {
    nginx.requirePassword("x-token-auth", TOKEN);
    var credential =
        HostCredential.token("127.0.0.1:*", new TokenSource.Given(new Secret(TOKEN)))
            .withService(HostingService.BITBUCKET);

    assertThat(branches(NONE.withCredentials(credential), nginx.url(repository))).isEqualTo(1);
  }

  @Test
  void readsTheTokenFileWhenItIsNeeded() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "too-old\n");
    var settings = with("127.0.0.1:*", new TokenSource.InFile(file));
    assertThat(refusal(settings, nginx.url(repository)).kind()).isEqualTo(FailureKind.UNAUTHORIZED);

    Files.writeString(file, TOKEN);

    assertThat(branches(settings, nginx.url(repository))).isEqualTo(1);
  }

  /** The command prints the right token only at its second call. */
  @Test
  void readsTheTokenOnceMoreWhenItWasRefused() throws IOException {
    Path calls = folder.resolve("calls");
    Files.deleteIfExists(calls);
    var script = "echo x >> " + calls + "; test $(wc -l < " + calls + ") -gt 1 && echo " + TOKEN;
    var command = new TokenSource.ByCommand(List.of("sh", "-c", script + " || echo run-out"));
    var redactor = Redactor.of(List.of());
    var settings = with("127.0.0.1:*", command).withAccess(GitAccess.open().withRedactor(redactor));

    assertThat(branches(settings, nginx.url(repository))).isEqualTo(1);

    assertThat(redactor.redact("run-out, " + TOKEN)).isEqualTo("***, ***");
  }

  @Test
  void readsTheTokenTwiceAtMost() throws IOException {
    Path calls = folder.resolve("many-calls");
    var command =
        new TokenSource.ByCommand(List.of("sh", "-c", "echo x >> " + calls + "; echo no-$$"));

    assertThat(refusal(with("127.0.0.1:*", command), nginx.url(repository)).kind())
        .isEqualTo(FailureKind.UNAUTHORIZED);

    assertThat(calls).hasContent("x\nx\n");
  }

  @Test
  void readsNoTokenIfTheServerAsksForNoLogin() throws IOException {
    try (var open = GitServer.start(folder.resolve("open"))) {
      open.createRepository("app").seed("main", Map.of("a.txt", "a\n"));
      var command = new TokenSource.ByCommand(List.of("false"));

      assertThat(branches(with("127.0.0.1:*", command), open.httpUrl("app"))).isEqualTo(1);
    }
  }

  @Test
  void saysWhyThereIsNoToken() {
    var command = new TokenSource.ByCommand(List.of("sh", "-c", "echo s3cret; exit 7"));

    PortException failure = refusal(with("127.0.0.1:*", command), nginx.url(repository));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure)
        .hasMessage("could not get a token: the command 'sh' ended with exit code 7");
  }

  @Test
  void trustsTheAuthoritiesThatAreNamedAndNoOthers() throws IOException {
    String url = nginx.secureUrl(repository);

    assertThat(branches(trusting(withToken("127.0.0.1:*")), url)).isEqualTo(1);

    PortException failure = refusal(withToken("127.0.0.1:*"), url);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("git.ca_file");
  }

  /** The certificate is for 127.0.0.1 and localhost. */
  @Test
  void trustsACertificateForItsOwnHostsOnly() throws IOException {
    String url = nginx.secureUrl(repository).replace("127.0.0.1", "127.0.0.2");

    assertThat(refusal(trusting(withToken("127.0.0.2:*")), url)).isNotNull();
  }

  private GitSettings behind(TestProxy proxy, String... direct) throws IOException {
    GitSettings settings = trusting(withToken("127.0.0.1:*"));
    return settings.withAccess(
        GitAccess.open()
            .withNetwork(
                settings
                    .access()
                    .network()
                    .withProxy(
                        InetSocketAddress.createUnresolved("127.0.0.1", proxy.port()),
                        List.of(direct))));
  }

  @Test
  void goesThroughTheProxy() throws IOException {
    try (var proxy = TestProxy.start()) {
      assertThat(branches(behind(proxy), nginx.secureUrl(repository))).isEqualTo(1);
      assertThat(branches(behind(proxy), nginx.url(repository))).isEqualTo(1);

      assertThat(proxy.asked())
          .contains("CONNECT 127.0.0.1:" + nginx.securePort())
          .anyMatch(line -> line.startsWith("GET http://127.0.0.1:" + nginx.port()));
      assertThat(proxy.tunnelled()).doesNotContain(TOKEN);
    }
  }

  @Test
  void goesPastTheProxyWhereItIsToldTo() throws IOException {
    try (var proxy = TestProxy.start()) {
      assertThat(branches(behind(proxy, "127.0.0.1"), nginx.secureUrl(repository))).isEqualTo(1);

      assertThat(proxy.asked()).isEmpty();
    }
  }

  private GitSettings shownThe(ProxyLogin login, GitSettings behind) {
    HttpNetwork network = behind.access().network();
    return behind.withAccess(GitAccess.open().withNetwork(network.withLogin(login)));
  }

  @Test
  void showsTheProxyTheLoginThatItWants() throws IOException {
    try (var proxy = TestProxy.startFor("ada", "pr0xy")) {
      GitSettings settings = shownThe(LOGIN, behind(proxy));

      assertThat(branches(settings, nginx.secureUrl(repository))).isEqualTo(1);
      assertThat(branches(settings, nginx.url(repository))).isEqualTo(1);

      assertThat(proxy.asked()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void clientsOfInterfacesShowItTheLoginToo() throws IOException {
    try (var proxy = TestProxy.startFor("ada", "pr0xy")) {
      HttpNetwork network = shownThe(LOGIN, behind(proxy)).access().network();
      OkHttpClient client = network.setUp(new OkHttpClient.Builder(), NONE.addresses()).build();

      for (String url : List.of(nginx.secureUrl(repository), nginx.url(repository))) {
        try (Response answer = client.newCall(new Request.Builder().url(url).build()).execute()) {
          assertThat(answer.code()).isEqualTo(401); // from the server, which requires the token
        }
      }

      assertThat(proxy.asked()).hasSize(2);
    }
  }

  @Test
  void saysThatTheProxyWantsALoginOrAnotherOne() throws IOException {
    var wrong = new ProxyLogin("ada", new Secret("0ther"));
    try (var proxy = TestProxy.startFor("ada", "pr0xy")) {
      GitSettings without = behind(proxy);

      for (GitSettings settings : List.of(without, shownThe(wrong, without))) {
        for (String url : List.of(nginx.secureUrl(repository), nginx.url(repository))) {
          PortException failure = refusal(settings, url);

          assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
          assertThat(failure).hasMessageContaining("git.proxy_username");
        }
      }
      assertThat(proxy.asked()).isEmpty();
    }
  }

  @Test
  void keepsALoginForTheProxyThatItWasGivenFor() {
    var one = InetSocketAddress.createUnresolved("one.example.com", 3128);
    var other = InetSocketAddress.createUnresolved("other.example.com", 3128);
    HttpNetwork network = HttpNetwork.DIRECT.withProxy(one, List.of()).withLogin(LOGIN);

    assertThat(network.login()).contains(LOGIN);
    assertThat(network.withProxy(other, List.of()).login()).isEmpty();
  }

  /** Imitates a server that pretends to be a proxy, to get the proxy's login. */
  @Test
  void showsNoOtherTheLoginOfTheProxy() throws IOException {
    List<String> shown = new CopyOnWriteArrayList<>();
    other.createContext(
        "/",
        exchange -> {
          shown.addAll(exchange.getRequestHeaders().keySet());
          exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"x\"");
          exchange.sendResponseHeaders(407, -1);
          exchange.close();
        });
    String url = "http://127.0.0.1:" + other.getAddress().getPort() + "/app.git";
    try (var proxy = TestProxy.startFor("ada", "pr0xy")) {
      GitSettings settings = shownThe(LOGIN, behind(proxy, "127.0.0.1"));
      OkHttpClient client =
          settings.access().network().setUp(new OkHttpClient.Builder(), NONE.addresses()).build();

      assertThat(refusal(settings, url)).isNotNull();
      assertThatThrownBy(() -> client.newCall(new Request.Builder().url(url).build()).execute())
          .isInstanceOf(IOException.class);

      assertThat(shown).contains("Host").doesNotContain("Proxy-authorization");
    }
  }

  /** Asks for a login, and redirects each client that logs in. */
  private String redirecting(String target) {
    other.createContext(
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
    return "http://127.0.0.1:" + other.getAddress().getPort();
  }

  @Test
  void followsNoRedirectToWhereOthersCanListen() throws IOException {
    String url = "https://127.0.0.1:" + nginx.securePort() + "/downgrade" + repository;

    PortException failure = refusal(trusting(withToken("127.0.0.1:*")), url);

    assertThat(failure).hasMessageContaining("redirect");
  }

  @Test
  void logsInAnewWhereTheSameHostWantsToBeSpokenToSecurely() throws IOException {
    String url = redirecting("https://127.0.0.1:" + nginx.securePort()) + repository;

    assertThat(branches(trusting(withToken("127.0.0.1:*")), url)).isEqualTo(1);
  }

  @Test
  void showsAnotherPortNothingThatIsForOnePort() throws IOException {
    String url = redirecting("https://127.0.0.1:" + nginx.securePort()) + repository;

    PortException failure =
        refusal(trusting(withToken("127.0.0.1:" + other.getAddress().getPort())), url);

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
  }

  @Test
  void showsAnotherHostNothing() throws IOException {
    String url = redirecting("http://localhost:" + nginx.port()) + repository;

    PortException failure = refusal(withToken("127.0.0.1:*"), url);

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
  }

  @Test
  void takesNoLoginFromARedirect() throws IOException {
    String url = redirecting("http://bot:" + TOKEN + "@localhost:" + nginx.port()) + repository;

    PortException failure = refusal(withToken("127.0.0.1:*"), url);

    assertThat(failure).isNotNull();
    assertThat(failure).hasMessageNotContaining(TOKEN);
  }

  @Test
  void followsNoRedirectToWhatIsNotAllowed() throws IOException {
    String url = redirecting("http://127.0.0.1:" + nginx.port()) + repository;
    AllowedUrls first =
        AllowedUrls.of(List.of("http://127.0.0.1:" + other.getAddress().getPort() + "/*"));

    PortException failure =
        refusal(withToken("127.0.0.1:*").withAccess(GitAccess.open().withAllowed(first)), url);

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(failure)
        .hasMessage(
            "could not reach 'http://127.0.0.1:"
                + nginx.port()
                + "': git.allowed_urls does not allow it");
  }

  @Test
  void contactsNothingThatIsNotAllowed() {
    other.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.close();
        });
    String url = "http://127.0.0.1:" + other.getAddress().getPort() + "/app.git";

    PortException failure =
        refusal(
            withToken("127.0.0.1:*")
                .withAccess(
                    GitAccess.open().withAllowed(AllowedUrls.of(List.of("https://github.com")))),
            url);

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(asked).isEmpty();
  }

  @Test
  void showsNoLoginThatARedirectToWhatIsNotAllowedCarries() throws IOException {
    String url = redirecting("http://bot:pa55word@127.0.0.1:" + nginx.port()) + repository;
    AllowedUrls first =
        AllowedUrls.of(List.of("http://127.0.0.1:" + other.getAddress().getPort() + "/*"));

    PortException failure =
        refusal(withToken("127.0.0.1:*").withAccess(GitAccess.open().withAllowed(first)), url);

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(failure).hasMessageNotContaining("pa55word");
  }
}
