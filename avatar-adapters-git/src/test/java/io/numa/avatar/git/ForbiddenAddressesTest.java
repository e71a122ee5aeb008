package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.numa.avatar.git.fixture.GitFront;
import io.numa.avatar.git.fixture.Trap;
import io.numa.avatar.git.forge.ForgeHost;
import io.numa.avatar.git.forge.ForgeSettings;
import io.numa.avatar.git.forge.HttpChangeRequests;
import io.numa.avatar.git.internal.lfs.HttpLfsServer;
import io.numa.avatar.git.internal.lfs.LfsPointer;
import io.numa.avatar.git.internal.lfs.LfsStore;
import io.numa.avatar.git.settings.AllowedUrls;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.git.settings.ReachableNetworks;
import io.numa.avatar.git.settings.SshAccess;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ways in which a task, a repository or a server leads an avatar to addresses that are not for
 * tasks. Servers on loopback count the connections that they get: there must be none.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForbiddenAddressesTest {
  private static final LfsPointer OBJECT =
      new LfsPointer("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5);
  private static final BranchName WORK = new BranchName("work");

  private static final String RULES =
      ".*(git\\.allowed_networks|odd form|git\\.allowed_urls|\\.lfsconfig|ASCII).*";

  /** Names that only the test's lookup knows, and their addresses. */
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "to-loopback.example.com", List.of("127.0.0.1"),
          "to-loopback6.example.com", List.of("::1"),
          "to-mapped.example.com", List.of("::ffff:127.0.0.1"),
          "to-metadata.example.com", List.of("169.254.169.254"),
          "to-private.example.com", List.of("10.0.0.5"),
          "to-nat64.example.com", List.of("64:ff9b::7f00:1"),
          "to-6to4.example.com", List.of("2002:7f00:1::"),
          "to-both.example.com", List.of("8.8.8.8", "127.0.0.1"),
          "to-unspecified.example.com", List.of("0.0.0.0"));

  private Path temp;
  private Trap trap;
  private GitServer server;
  private SeededRepository linking;
  private SeededRepository keeping;
  private GitFront front;
  private CommitId tip;

  /** The {@code Host} headers of the requests for a repository. */
  private final List<String> hosts = new CopyOnWriteArrayList<>();

  private int checkouts;

  @BeforeAll
  void startServers(@TempDir Path folder) throws Exception {
    temp = folder;
    trap = Trap.at("127.0.0.1", "127.0.0.2", "::1");
    server = GitServer.start(temp.resolve("server"));
    linking = server.createRepository("linking");
    keeping = server.createRepository("keeping");
    tip = linking.seed("main", Map.of("a.txt", "a\n"));
    front = GitFront.start(server.httpUrl("linking").replaceFirst("/linking.*", ""));
    front.answer(
        "/linking.git/info/refs",
        exchange -> {
          hosts.add(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
          front.passOn(exchange, "");
        });
  }

  @AfterAll
  void stopServers() throws IOException {
    front.close();
    server.close();
    trap.close();
  }

  @BeforeEach
  void empty() {
    trap.caught().clear();
    hosts.clear();
  }

  private static List<InetAddress> lookUp(String name) throws UnknownHostException {
    if (!NAMES.containsKey(name)) {
      return List.of(InetAddress.getAllByName(name));
    }
    List<InetAddress> all = new ArrayList<>();
    for (String address : NAMES.get(name)) {
      all.add(InetAddress.getByName(address));
    }
    return all;
  }

  /** As the program's defaults are, and with the front as a configured URL. */
  private GitSettings settings() {
    var urls =
        List.of("https://*", "http://*", "ssh://*", "http://127.0.0.1:" + front.port() + "/*");
    return GitSettings.of(new GitIdentity("A", "a@example.com"))
        .withTimeout(Duration.ofSeconds(2))
        .withFeatures(GitFeatures.NONE.withLfs().withSubmodules())
        .withAccess(
            GitAccess.open()
                .withAllowed(AllowedUrls.of(urls))
                .withNetworks(
                    new ReachableNetworks(AllowedNetworks.NONE, ForbiddenAddressesTest::lookUp)));
  }

  private void probe(String url) {
    new JGitRepository(settings(), Clock.systemUTC()).probe(RepositoryUrl.parse(url));
  }

  private void checkOut(String name) throws InterruptedException {
    Path home = temp.resolve("home" + checkouts++);
    var request = new CheckoutRequest(RepositoryUrl.parse(front.url(name)), WORK, List.of(), home);
    new JGitRepository(settings(), Clock.systemUTC()).checkOut(request, progress -> {}).close();
  }

  private void requireRefused(ThrowingCallable way) {
    Throwable failure = catchThrowable(way);

    assertThat(trap.caught()).isEmpty();
    assertThat(failure)
        .isInstanceOfAny(PortException.class, IllegalArgumentException.class)
        .satisfies(
            thrown -> {
              if (thrown instanceof PortException refused) {
                assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(FailureKind.DENIED);
                assertThat(refused).hasMessageMatching(RULES);
              }
            });
  }

  static List<String> hosts() {
    return Stream.concat(
            Stream.of(
                "127.0.0.1",
                "127.0.0.2",
                "127.1",
                "127.0.1",
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0x7F.0.0.1",
                "0x7f.1",
                "0177.0.0.1",
                "127.0.0.01",
                "127.0.0.1.",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "0",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::1]",
                "[::1%25lo]",
                "[::1%lo]",
                "127.0.0.1%2e",
                "%31%32%37.0.0.1",
                "１２７.0.0.1",
                "127。0。0。1",
                "ⓛocalhost",
                "a@127.0.0.1",
                "example.com@localhost",
                "169.254.169.254",
                "100.100.100.200",
                "[fd00:ec2::254]",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "100.64.0.1",
                "[fe80::1]"),
            NAMES.keySet().stream().sorted())
        .toList();
  }

  static Stream<String> urls() {
    Stream<String> http = hosts().stream().map(host -> "http://" + host + ":PORT/app.git");
    Stream<String> https =
        Stream.of("127.0.0.1", "127.1", "2130706433", "localhost", "[::1]", "[::ffff:127.0.0.1]")
            .map(host -> "https://" + host + ":PORT/app.git");
    Stream<String> named =
        NAMES.keySet().stream().sorted().map(host -> "https://" + host + ":PORT/app.git");
    Stream<String> ssh =
        Stream.of(
                "127.0.0.1",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0x7f.1",
                "0177.0.0.1",
                "localhost",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "0.0.0.0",
                "169.254.169.254")
            .map(host -> "ssh://git@" + host + ":PORT/app.git");
    Stream<String> brief =
        Stream.of("git@127.0.0.1:app.git", "git@localhost:app.git", "git@2130706433:app.git");
    return Stream.of(http, https, named, ssh, brief).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("urls")
  void reachesNoForbiddenAddress(String url) {
    requireRefused(() -> probe(url.replace("PORT", "" + trap.port())));
  }

  static Stream<String> redirects() {
    return Stream.of(301, 302, 303, 307, 308)
        .flatMap(
            status ->
                Stream.of(
                        "http://127.0.0.1:PORT",
                        "http://2130706433:PORT",
                        "http://localhost:PORT",
                        "https://[::1]:PORT",
                        "http://to-loopback.example.com:PORT")
                    .map(target -> status + " " + target));
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void followsNoRedirectionThere(String redirect) {
    int status = Integer.parseInt(redirect.substring(0, 3));
    String target = redirect.substring(4).replace("PORT", "" + trap.port());
    String name = "moved" + redirect.hashCode();
    front.answer(
        "/" + name + ".git/",
        status,
        Map.of("Location", target + "/app.git/info/refs?service=git-upload-pack"),
        "");

    requireRefused(() -> probe(front.url(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/lib.git",
        "https://localhost:PORT/lib.git",
        "ssh://git@127.0.0.1:PORT/lib.git",
        "http://to-loopback.example.com:PORT/lib.git",
      })
  void fetchesNoSubmoduleFromThere(String url) {
    String modules = "[submodule \"lib\"]\n  path = lib\n  url = " + url + "\n";
    linking.commit(
        "main",
        "link",
        Map.of(
            ".gitmodules",
            TreeFile.of(modules.replace("PORT", "" + trap.port())),
            "lib",
            TreeFile.submodule(tip.value())));

    requireRefused(() -> checkOut("linking"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:PORT/lfs", "http://2130706433:PORT/lfs"})
  void asksNoLfsServerThatTheRepositoryNamesThere(String url) throws Exception {
    keeping.seed(
        "main",
        Map.of(
            ".lfsconfig",
            "[lfs]\n  url = " + url.replace("PORT", "" + trap.port()) + "\n",
            ".gitattributes",
            "*.bin filter=lfs\n",
            "a.bin",
            new String(OBJECT.blob(), UTF_8)));

    requireRefused(() -> checkOut("keeping"));
  }

  private HttpLfsServer lfs(String name, String link) {
    front.answer(
        "/" + name + "/objects/batch",
        200,
        "application/vnd.git-lfs+json",
        """
        {"objects": [{"oid": "%s", "size": 5, "actions": {
          "download": {"href": "%s"}, "upload": {"href": "%s"}}}]}
        """
            .formatted(OBJECT.oid(), link, link));
    return new HttpLfsServer(
        HttpUrl.get("http://127.0.0.1:" + front.port() + "/" + name), settings());
  }

  private void download(String name, String link) throws IOException {
    lfs(name, link)
        .download(
            List.of(OBJECT),
            new LfsStore(temp.resolve("lfs" + name)),
            NullProgressMonitor.INSTANCE);
  }

  static Stream<String> lfsHosts() {
    return Stream.of(
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "localhost",
        "１２７.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "169.254.169.254",
        "to-loopback.example.com",
        "to-both.example.com",
        "to-metadata.example.com");
  }

  @ParameterizedTest
  @MethodSource("lfsHosts")
  void movesNoLfsObjectsThere(String host) {
    String link = "http://" + host + ":" + trap.port() + "/object";

    requireRefused(() -> download("d" + host.hashCode(), link));
  }

  static Stream<String> redirectedLfsHosts() { // headers are ASCII
    return lfsHosts().filter(host -> host.chars().allMatch(c -> c < 128));
  }

  @ParameterizedTest
  @MethodSource("redirectedLfsHosts")
  void followsNoRedirectionOfLfsObjectsThere(String host) {
    String name = "r" + host.hashCode();
    front.answer(
        "/" + name + "-object",
        302,
        Map.of("Location", "http://" + host + ":" + trap.port() + "/object"),
        "");

    requireRefused(
        () -> download(name, "http://127.0.0.1:" + front.port() + "/" + name + "-object"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://to-metadata.example.com:PORT/api/v4",
        "http://to-unspecified.example.com:PORT/api/v4",
        "http://2130706433:PORT/api/v4",
        "http://0x7f.1:PORT/api/v4",
      })
  void asksNoServiceThere(String api) throws Exception {
    ForgeHost host =
        new ForgeHost(
            "git.example.com",
            HostingService.GITLAB,
            Optional.of(URI.create(api.replace("PORT", "" + trap.port()))),
            Optional.empty(),
            () -> Optional.of(new Secret("t0ken-of-api")),
            true);
    var settings =
        ForgeSettings.of(List.of(host), HttpNetwork.DIRECT)
            .withNetworks(settings().access().networks());
    try (var requests = new HttpChangeRequests(settings, Clock.systemUTC())) {
      requireRefused(() -> requests.open(request()));
    }
  }

  private ChangeRequest request() {
    var repository = RepositoryUrl.parse("https://git.example.com/g/app.git");
    return new ChangeRequest(
        new PendingPush(repository, WORK, tip),
        new BranchName("main"),
        "Title",
        "Body",
        false,
        List.of(),
        List.of());
  }

  @Test
  void dialsTheAddressThatItHasChecked() throws IOException {
    for (String scheme : List.of("http", "https")) {
      var lookups = new AtomicInteger();
      GitSettings changing =
          settings()
              .withAccess(
                  settings()
                      .access()
                      .withNetworks(
                          new ReachableNetworks(
                              AllowedNetworks.of(List.of("127.0.0.2")),
                              name ->
                                  List.of(
                                      InetAddress.getByName(
                                          lookups.getAndIncrement() == 0
                                              ? "127.0.0.2"
                                              : "127.0.0.1")))));
      String url = scheme + "://rebinding.example.com:" + trap.port();

      assertThatThrownBy(
              () ->
                  new JGitRepository(changing, Clock.systemUTC())
                      .probe(RepositoryUrl.parse(url + "/app.git")))
          .isInstanceOf(PortException.class);
      lookups.set(0);
      assertThatThrownBy(
              () ->
                  new HttpLfsServer(HttpUrl.get(url), changing)
                      .upload(List.of(OBJECT), new LfsStore(temp.resolve("lfs"))))
          .isInstanceOfAny(IOException.class, PortException.class); // the next try is refused
    }

    assertThat(trap.caught()).isNotEmpty().containsOnly(InetAddress.getByName("127.0.0.2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "2130706433", "[::1]", "169.254.169.254"})
  void asksNoProxyForForbiddenAddresses(String host) {
    var proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), trap.port());
    GitSettings proxied =
        settings()
            .withAccess(
                settings().access().withNetwork(HttpNetwork.DIRECT.withProxy(proxy, List.of())));
    String url = "http://" + host + ":1/app.git";

    requireRefused(
        () -> new JGitRepository(proxied, Clock.systemUTC()).probe(RepositoryUrl.parse(url)));
    requireRefused(
        () ->
            new HttpLfsServer(HttpUrl.get(url), proxied)
                .upload(List.of(OBJECT), new LfsStore(temp.resolve("lfs"))));
  }

  /** A host inside, as its operator may have it. */
  static Stream<UnaryOperator<GitSettings>> namings() {
    return Stream.of(
        git ->
            git.withAccess(
                git.access()
                    .withAllowed(AllowedUrls.of(List.of("http://to-loopback.example.com:*")))),
        git ->
            git.withAccess(
                git.access()
                    .withNetworks(
                        git.access()
                            .networks()
                            .withAllowed(AllowedNetworks.of(List.of("to-loopback.example.com"))))),
        git ->
            git.withAccess(
                git.access()
                    .withNetworks(
                        git.access()
                            .networks()
                            .withAllowed(AllowedNetworks.of(List.of("127.0.0.0/8"))))),
        git ->
            git.withCredentials(
                new HostCredential(
                    "to-loopback.example.com:*",
                    Optional.empty(),
                    Optional.of("bot"),
                    Optional.of(new TokenSource.Given(new Secret("s3cret-of-bot"))),
                    SshAccess.NONE,
                    true)));
  }

  @ParameterizedTest
  @MethodSource("namings")
  void reachesAHostThatTheOperatorNamesByItsName(UnaryOperator<GitSettings> naming) {
    String authority = "to-loopback.example.com:" + front.port();

    int branches =
        new JGitRepository(naming.apply(settings()), Clock.systemUTC())
            .probe(RepositoryUrl.parse("http://" + authority + "/linking.git"))
            .branches();

    assertThat(branches).isEqualTo(1);
    assertThat(hosts).isNotEmpty().containsOnly(authority);
  }

  @Test
  void tellsAddressRuleAndWhatToDo() {
    String place = "127.0.0.1:" + trap.port();
    assertThat(catchThrowable(() -> probe("http://" + place + "/app.git")))
        .hasMessage(
            "could not reach '"
                + place
                + "': it is at 127.0.0.1, a loopback address, and git.allowed_networks does not"
                + " name it; add '127.0.0.1' there if tasks may reach it");
  }
}
