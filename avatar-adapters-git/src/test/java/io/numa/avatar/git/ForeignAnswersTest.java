package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.numa.avatar.git.fixture.GitFront;
import io.numa.avatar.git.internal.lfs.HttpLfsServer;
import io.numa.avatar.git.internal.lfs.LfsPointer;
import io.numa.avatar.git.internal.lfs.LfsStore;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.ReachableNetworks;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers get and say that are no Git hosts, or not the ones that a credential is for. */
class ForeignAnswersTest {
  private static final String INNER = "an-inner-text";
  private static final String PASSWORD = "s3cret-of-bot";
  private static final LfsPointer OBJECT =
      new LfsPointer("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5);

  @TempDir Path temp;
  private GitFront front;
  private GitFront other;

  /** The headers of the requests that the other server got. */
  private final List<Map<String, List<String>>> got = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startServers() throws IOException {
    front = GitFront.start("http://127.0.0.1:1");
    other = GitFront.start("http://127.0.0.1:1");
    other.answer(
        "/",
        exchange -> {
          Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          headers.putAll(exchange.getRequestHeaders());
          got.add(headers);
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
          exchange.sendResponseHeaders(401, -1);
        });
  }

  @AfterEach
  void stopServers() {
    front.close();
    other.close();
  }

  /** The address is allowed, but no credential or URL names the host. */
  private static GitSettings settings() {
    return GitSettings.of(new GitIdentity("A", "a@example.com"))
        .withTimeout(Duration.ofSeconds(2))
        .withAccess(
            GitAccess.open()
                .withNetworks(
                    ReachableNetworks.ANY.withAllowed(AllowedNetworks.of(List.of("127.0.0.1")))));
  }

  private GitSettings withCredential(String host) {
    return settings().withCredentials(HostCredential.password(host, "bot", new Secret(PASSWORD)));
  }

  private static Throwable failure(GitSettings settings, String url) {
    return catchThrowable(
        () -> new JGitRepository(settings, Clock.systemUTC()).probe(RepositoryUrl.parse(url)));
  }

  private HttpLfsServer lfs(GitSettings settings) {
    return new HttpLfsServer(HttpUrl.get("http://127.0.0.1:" + front.port() + "/lfs"), settings);
  }

  private Throwable download(GitSettings settings) {
    return catchThrowable(
        () ->
            lfs(settings)
                .download(
                    List.of(OBJECT),
                    new LfsStore(temp.resolve("lfs")),
                    NullProgressMonitor.INSTANCE));
  }

  private void offer(String link, String headers) {
    front.answer(
        "objects/batch",
        200,
        "application/vnd.git-lfs+json",
        "{\"objects\": [{\"oid\": \"%s\", \"size\": 5, \"actions\": {\"download\":"
                .formatted(OBJECT.oid())
            + " {\"href\": \"%s\", \"header\": {%s}}}}]}".formatted(link, headers));
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/plain",
    "200, application/json",
    "200, text/html",
    "200, application/octet-stream",
    "400, text/plain",
    "403, text/plain",
    "404, text/plain",
    "404, application/json",
    "500, text/plain",
    "418, text/plain",
  })
  void areNotQuoted(int status, String type) {
    front.answer("/", status, type, INNER + "\n");

    Throwable failure = failure(settings(), front.url("app"));

    assertThat(failure).isNotNull().hasMessageNotContaining(INNER);
  }

  @ParameterizedTest
  @CsvSource({"X-Y, " + INNER, "Location, http://a.example.com/" + INNER})
  void areNotQuotedFromTheirHeaders(String header, String value) {
    front.answer("/", 302, Map.of(header, value, "Content-Type", INNER), INNER);

    assertThat(failure(settings(), front.url("app"))).isNotNull().hasMessageNotContaining(INNER);
  }

  @Test
  void areNotQuotedOverSsh() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var thread =
          new Thread(
              () -> {
                try (Socket connection = server.accept()) {
                  connection
                      .getOutputStream()
                      .write(("-ERR " + INNER + "\r\n" + INNER + "\r\n").getBytes(UTF_8));
                } catch (IOException e) {
                  // The test ends.
                }
              });
      thread.start();

      assertThat(failure(settings(), "ssh://a@127.0.0.1:" + server.getLocalPort() + "/app.git"))
          .isNotNull()
          .hasMessageNotContaining(INNER);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, text/plain",
    "404, application/json",
    "422, text/plain",
    "200, text/plain",
  })
  void areNotQuotedAsThoseOfAnLfsServer(int status, String type) {
    front.answer("objects/batch", status, type, "{\"message\": \"" + INNER + "\"}");

    assertThat(download(settings())).isNotNull().hasMessageNotContaining(INNER);
  }

  @ParameterizedTest
  @CsvSource({"404, text/plain", "404, application/json", "422, text/plain"})
  void areNotQuotedAsThoseOfAStorage(int status, String type) {
    front.answer("/stored", status, type, "{\"message\": \"" + INNER + "\"}");
    offer(front.url("stored"), "");

    assertThat(download(withCredential("127.0.0.1:" + front.port())))
        .isNotNull()
        .hasMessageNotContaining(INNER);
  }

  @Test
  void areQuotedIfTheOperatorNamesTheHost() {
    front.answer("/", 403, "text/plain", "Ask the owner.\n");

    assertThat(failure(withCredential("127.0.0.1:" + front.port()), front.url("app")))
        .hasMessageContaining("Ask the owner.");
  }

  @Test
  void getNoCredentialOfTheirHostsDefaultPort() {
    assertThat(failure(withCredential("127.0.0.1"), other.url("app"))).isNotNull();

    assertThat(got).isNotEmpty().noneMatch(headers -> headers.containsKey("Authorization"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void getNoCredentialByARedirection(int status) {
    String to = other.url("app") + "/info/refs?service=git-upload-pack";
    front.answer("/info/refs", status, Map.of("Location", to), "");
    GitSettings known = withCredential("127.0.0.1:" + front.port());

    assertThat(failure(known, front.url("app"))).isNotNull();
    assertThat(got).noneMatch(headers -> headers.containsKey("Authorization"));
  }

  @Test
  void getNoCredentialByARedirectionOfLfs() {
    front.answer("objects/batch", 307, Map.of("Location", other.url("app") + "/batch"), "");

    assertThat(download(withCredential("127.0.0.1:" + front.port()))).isNotNull();
    assertThat(got).isEmpty();
  }

  @Test
  void getOnlyTheHeadersThatStorageNeeds() {
    offer(
        other.url("object"),
        "\"Authorization\": \"of-the-server\", \"X-Amz-Date\": \"today\","
            + " \"Host\": \"metadata\", \"Cookie\": \"a=b\", \"Metadata-Flavor\": \"Google\","
            + " \"Proxy-Authorization\": \"x\", \"Transfer-Encoding\": \"chunked\","
            + " \"X-Forwarded-For\": \"127.0.0.1\", \"X-aws-ec2-metadata-token\": \"x\"");

    assertThat(download(withCredential("127.0.0.1:" + front.port()))).isNotNull();

    assertThat(got)
        .isNotEmpty()
        .allSatisfy(
            headers -> {
              assertThat(headers.get("Authorization")).containsExactly("of-the-server");
              assertThat(headers.get("X-Amz-Date")).containsExactly("today");
              assertThat(headers.get("Host")).containsExactly("127.0.0.1:" + other.port());
              assertThat(headers)
                  .doesNotContainKeys(
                      "Cookie",
                      "Metadata-Flavor",
                      "Proxy-Authorization",
                      "Transfer-Encoding",
                      "X-Forwarded-For",
                      "X-aws-ec2-metadata-token");
            });
  }
}
