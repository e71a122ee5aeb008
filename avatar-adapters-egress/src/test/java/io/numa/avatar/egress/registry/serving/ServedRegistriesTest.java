package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.egress.registry.GoSetup;
import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.port.Secret;
import io.numa.avatar.testkit.registry.RegistryDouble;
import io.numa.avatar.testkit.registry.SeenRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServedRegistriesTest {
  private static final String BASIC = "Basic Y2k6cHc=";

  private static final Pattern REFUSED = Pattern.compile("(?s)(HTTP/1\\.1 (400|431|505) .*)?");

  private static final List<String> MALFORMED =
      List.of(
          "\r\n\r\n",
          "GET\r\n\r\n",
          "GET /m2/a\r\n\r\n",
          "GET /m2/a HTTP/9.9\r\nHost: 127.0.0.1:1\r\n\r\n",
          "GET /m2/a HTTP/1.1\r\n\r\n",
          "GET /m2/a HTTP/1.1\r\nHost: 127.0.0.1:1\r\nHost: evil.example\r\n\r\n",
          "GET /m2/a HTTP/1.1\r\nHost\r\n\r\n",
          "GET /m2/" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n",
          "GET /m2/a HTTP/1.1\r\nHost: 127.0.0.1:1\r\n" + "A: b\r\n".repeat(1000) + "\r\n");

  private RegistryDouble upstream;
  private RegistryDouble other;

  @BeforeEach
  void start() throws IOException {
    upstream = RegistryDouble.start().demand("Authorization", BASIC);
    other = RegistryDouble.start();
  }

  @AfterEach
  void stop() {
    upstream.close();
    other.close();
  }

  @Test
  void logsInOutsideForClientsWithoutALogin() throws Exception {
    upstream.put(
        "/m2/a.jar",
        200,
        Map.of(
            "Content-Type", "application/java-archive",
            "ETag", "\"e\"",
            "X-Checksum-Sha1", "abc",
            "Set-Cookie", "session=1",
            "Connection", "close"),
        "jar".getBytes(UTF_8));

    try (var inside = inside(RegistryKind.MAVEN, "/m2/")) {
      var answer = inside.send("GET", "/m2/a.jar", "Authorization", "Basic bWluZTptaW5l");

      assertThat(answer.body()).isEqualTo("jar");
      assertThat(answer.headers().map().keySet())
          .contains("content-type", "etag", "x-checksum-sha1", "content-length")
          .doesNotContain("set-cookie");
    }
  }

  @Test
  void passesPartsConditionsAndHeads() throws Exception {
    upstream.put("/m2/a.jar", "application/java-archive", "jar");

    try (var inside = inside(RegistryKind.MAVEN, "/m2/")) {
      inside.send("GET", "/m2/a.jar", "Range", "bytes=1-", "If-None-Match", "\"e\"");
      var head = inside.send("HEAD", "/m2/a.jar", "Cookie", "a=b", "X-Own", "1");

      SeenRequest part = upstream.requests().get(0);
      assertThat(part.header("Range")).contains("bytes=1-");
      assertThat(part.header("If-None-Match")).contains("\"e\"");
      assertThat(head.headers().firstValue("content-length")).contains("3");
      assertThat(upstream.requests().get(1).headers()).doesNotContainKeys("cookie", "x-own");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH", "OPTIONS", "MKCOL", "PROPFIND"})
  void publishingIsRefusedAndNeverReachesTheRegistry(String method) throws Exception {
    for (var kind : RegistryKind.values()) {
      try (var inside = inside(kind, "/repo/")) {
        var answer = inside.send(method, "/repo/hello");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Nothing can be published");
      }
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void npmsAuditPassesAndItsAccountsDoNot() throws Exception {
    upstream.put("/npm/-/npm/v1/security/advisories/bulk", "application/json", "{}");

    try (var inside = inside(RegistryKind.NPM, "/npm/")) {
      var audit = inside.post("/npm/-/npm/v1/security/advisories/bulk", "{\"hello\":[\"1\"]}");
      var tokens = inside.send("GET", "/npm/-/npm/v1/tokens");
      var user = inside.send("GET", "/npm/-/whoami");
      var other = inside.post("/npm/-/npm/v1/security/other", "{}");

      assertThat(audit.statusCode()).isEqualTo(200);
      assertThat(List.of(tokens, user, other))
          .extracting(HttpResponse::statusCode)
          .containsOnly(403);
      assertThat(upstream.requests())
          .extracting(SeenRequest::body)
          .containsExactly("{\"hello\":[\"1\"]}");
    }
  }

  /** Each of them is held in memory, up to 16 MiB, until it is passed on. */
  @Test
  @Timeout(60)
  void takesFewBodiesAtOnce() throws Exception {
    String audit = "/npm/-/npm/v1/security/advisories/bulk";
    upstream.put(audit, "application/json", "{}");

    try (var inside = inside(RegistryKind.NPM, "/npm/")) {
      var begun = new ArrayList<Socket>();
      try {
        while (inside.post(audit, "{}").statusCode() != 503) {
          begun.add(beginPost(inside.ports().get(0), audit));
        }
      } finally {
        for (Socket socket : begun) {
          socket.close();
        }
      }
      assertThat(begun).hasSizeGreaterThanOrEqualTo(8);
      while (inside.post(audit, "{}").statusCode() != 200) {
        Thread.onSpinWait();
      }
    }
  }

  private static Socket beginPost(int port, String target) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String head =
        "POST "
            + target
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Length: 9\r\n\r\n{";
    socket.getOutputStream().write(head.getBytes(UTF_8));
    return socket;
  }

  @ParameterizedTest
  @CsvSource({
    "/m2/../secret,400",
    "/m2/%2e%2e/secret,400",
    "/m2/..%2fsecret,400",
    "/m2/..;/secret,400",
    "/m2/%252e%252e/secret,400",
    "/m2//secret,400",
    "/m2/..%5csecret,400",
    "/m2/a%00,400",
    "/secret,403",
    "/m2-other/secret,403",
    "/.elsewhere/http/127.0.0.1/80/secret,403"
  })
  void pathsThatLeaveTheRegistryAreRefused(String target, int status) throws Exception {
    try (var inside = inside(RegistryKind.MAVEN, "/m2/")) {
      assertThat(RawRequest.send(inside.ports().get(0), target)).startsWith("HTTP/1.1 " + status);
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void requestsForOtherHostsAreRefused() throws Exception {
    try (var inside = inside(RegistryKind.MAVEN, "/m2/")) {
      int port = inside.ports().get(0);

      assertThat(RawRequest.send(port, "http://evil.example/m2/a")).startsWith("HTTP/1.1 403");
      assertThat(RawRequest.send(port, "/m2/a", "evil.example")).startsWith("HTTP/1.1 403");
    }
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void theLoginNeverFollowsARedirectionToAnotherPort() throws Exception {
    upstream.redirect("/m2/a.jar", other.url() + "/files/a.jar");
    other.put("/files/a.jar", "application/java-archive", "jar");

    try (var inside = inside(RegistryKind.MAVEN, "/m2/")) {
      assertThat(inside.send("GET", "/m2/a.jar").body()).isEqualTo("jar");
    }
    assertThat(other.requests()).hasSize(1);
    assertThat(other.requests().get(0).header("Authorization")).isEmpty();
  }

  @Test
  void theLoginStaysWithTheRegistryAfterARedirectionToItself() throws Exception {
    upstream.redirect("/m2/a.jar", "/m2/b.jar").put("/m2/b.jar", "text/plain", "b");

    try (var inside = inside(RegistryKind.MAVEN, "/m2/")) {
      assertThat(inside.send("GET", "/m2/a.jar").body()).isEqualTo("b");
    }
  }

  @Test
  void redirectionsToAddressesInsideOfOtherHostsAreRefused() throws Exception {
    upstream
        .redirect("/m2/a", "http://127.0.0.2:" + other.port() + "/a")
        .redirect("/m2/b", "http://localhost:" + other.port() + "/b")
        .redirect("/m2/c", "http://169.254.169.254/latest/meta-data/")
        .redirect("/m2/d", "/m2/d");

    try (var inside = inside(RegistryKind.MAVEN, "/m2/")) {
      for (String path : List.of("a", "b", "c", "d")) {
        assertThat(inside.send("GET", "/m2/" + path).statusCode()).as(path).isEqualTo(502);
      }
    }
    assertThat(other.requests()).isEmpty();
  }

  @Test
  void aRegistryWithoutAUsableLoginIsToldInASentence() throws Exception {
    var registry =
        new Registry(
            RegistryKind.MAVEN,
            "m",
            URI.create(upstream.url() + "/m2/"),
            Optional.empty(),
            Optional.empty(),
            "test");

    try (var inside = InsideWorld.of(setup(registry))) {
      var answer = inside.send("GET", "/m2/a.jar");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("demands a login");
      assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
    }
  }

  @Test
  void linksOfAPythonIndexLeadBackInside() throws Exception {
    upstream.put(
        "/pypi/simple/hello/",
        "text/html; charset=utf-8",
        "<a data-x='>' href=\"../../packages/h.whl#sha256=1\">h</a><A class=x HREF='%s/f/h2.whl'>"
            .formatted(other.url()));
    upstream.put("/pypi/packages/h.whl", "application/zip", "one");
    other.put("/f/h2.whl", "application/zip", "two");

    try (var inside = inside(RegistryKind.PYPI, "/pypi/simple/")) {
      String start = "http://127.0.0.1:" + inside.ports().get(0);
      String elsewhere = "/.elsewhere/http/127.0.0.1/" + other.port() + "/f/";

      assertThat(inside.send("GET", elsewhere + "h2.whl").statusCode()).isEqualTo(403);
      assertThat(inside.send("GET", "/pypi/simple/hello/").body())
          .isEqualTo(
              ("<a data-x='>' href=\"%s/pypi/packages/h.whl#sha256=1\">h</a>"
                      + "<A class=x HREF=\"%s%sh2.whl\">")
                  .formatted(start, start, elsewhere));
      assertThat(inside.send("GET", "/pypi/packages/h.whl").body()).isEqualTo("one");
      assertThat(inside.send("GET", elsewhere + "h2.whl").body()).isEqualTo("two");
      assertThat(other.requests()).allMatch(r -> r.header("Authorization").isEmpty());
    }
  }

  @Test
  void filesOfAPythonProjectInJsonLeadBackInside() throws Exception {
    upstream.put(
        "/simple/hello/",
        "application/vnd.pypi.simple.v1+json",
        "{\"meta\":{\"url\":\"x\"},\"files\":[{\"url\":\"%s/f\",\"size\":1.50}]}"
            .formatted(other.url()));

    try (var inside = inside(RegistryKind.PYPI, "/simple/")) {
      assertThat(inside.send("GET", "/simple/hello/", "Accept-Encoding", "gzip").body())
          .isEqualTo(
              "{\"meta\":{\"url\":\"x\"},\"files\":[{\"url\":\"http://127.0.0.1:%d/.elsewhere/http/127.0.0.1/%d/f\",\"size\":1.50}]}"
                  .formatted(inside.ports().get(0), other.port()));
    }
  }

  @Test
  void compressedDocumentsAreRewrittenToo() throws Exception {
    var zipped = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(zipped)) {
      zip.write("{\"dist\":{\"tarball\":\"%s/t\"}}".formatted(other.url()).getBytes(UTF_8));
    }
    var headers = Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
    upstream.put("/npm/hello", 200, headers, zipped.toByteArray());

    try (var inside = inside(RegistryKind.NPM, "/npm/")) {
      var answer = inside.send("GET", "/npm/hello", "Accept-Encoding", "gzip");

      assertThat(answer.body()).contains("/.elsewhere/http/127.0.0.1/" + other.port() + "/t");
      assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
    }
  }

  @Test
  void malformedRequestsEndTheirConnectionOnly() throws Exception {
    upstream.put("/m2/a", "text/plain", "a");
    var random = new Random(1);

    try (var inside = inside(RegistryKind.MAVEN, "/m2/")) {
      int port = inside.ports().get(0);
      for (String head : MALFORMED) {
        assertThat(RawRequest.sendBytes(port, head.getBytes(UTF_8))).as(head).matches(REFUSED);
      }
      for (int i = 0; i < 50; i++) {
        var bytes = new byte[200];
        random.nextBytes(bytes);
        RawRequest.sendBytes(port, bytes);
      }
      assertThat(inside.send("GET", "/m2/a").body()).isEqualTo("a");
    }
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void tarballsOfNpmLeadBackInsideButNpmReplacesTheHostItself() throws Exception {
    String own = upstream.url() + "/npm/hello/-/hello-1.0.0.tgz";
    upstream.put(
        "/npm/hello",
        "application/json",
        "{\"versions\":{\"1\":{\"dist\":{\"tarball\":\"%s\"}},\"2\":{\"dist\":{\"tarball\":\"%s/t\"}}}}"
            .formatted(own, other.url()));

    try (var inside = inside(RegistryKind.NPM, "/npm/")) {
      String start = "http://127.0.0.1:" + inside.ports().get(0);
      String second = start + "/.elsewhere/http/127.0.0.1/" + other.port() + "/t";

      assertThat(inside.send("GET", "/npm/hello", "User-Agent", "pnpm/9").body())
          .contains(start + "/npm/hello/-/hello-1.0.0.tgz", second);
      assertThat(inside.send("GET", "/npm/hello", "User-Agent", "npm/11.0.0 node/v20").body())
          .contains(own, second);
    }
  }

  @Test
  void aDocumentThatIsCutShortDoesNotLookComplete() throws Exception {
    upstream.put("/npm/hello", "application/json", "{\"versions\":{\"1\":");

    try (var inside = inside(RegistryKind.NPM, "/npm/")) {
      assertThat(RawRequest.send(inside.ports().get(0), "/npm/hello")).doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void conditionsAreLeftOutUntilTheLinksOfADocumentAreKnown() throws Exception {
    upstream.put("/simple/hello/", "text/html", "<a href='%s/f'>".formatted(other.url()));

    try (var inside = inside(RegistryKind.PYPI, "/simple/")) {
      inside.send("GET", "/simple/hello/", "If-None-Match", "\"e\"");
      inside.send("GET", "/simple/hello/", "If-None-Match", "\"e\"");
    }
    assertThat(upstream.requests())
        .extracting(request -> request.header("If-None-Match"))
        .containsExactly(Optional.empty(), Optional.of("\"e\""));
  }

  @Test
  void aCargoIndexLeadsItsDownloadsInsideAndNeedsNoLogin() throws Exception {
    upstream.put(
        "/index/config.json",
        "application/json",
        "{\"dl\":\"%s/dl/{crate}/{version}\",\"api\":\"%s\",\"auth-required\":true}"
            .formatted(upstream.url(), upstream.url()));
    upstream.put("/dl/hello/1.0.0", "application/gzip", "crate");

    try (var inside = inside(RegistryKind.CARGO, "/index/")) {
      String start = "http://127.0.0.1:" + inside.ports().get(0);
      String folder = "/.elsewhere/http/127.0.0.1/" + upstream.port() + "/dl/";

      assertThat(inside.send("GET", "/index/config.json").body())
          .isEqualTo("{\"dl\":\"%s%s{crate}/{version}\"}".formatted(start, folder));
      assertThat(inside.send("GET", folder + "hello/1.0.0").body()).isEqualTo("crate");
      assertThat(inside.send("GET", folder.replace("dl", "secret")).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void goVerifiesByTheDatabaseWhereItsProxyHasNone() throws Exception {
    other.put("/lookup/m@v1.0.0", "text/plain", "signed");
    var setup =
        new RegistrySetup(
            List.of(registry(RegistryKind.GO, "/go/")),
            new GoSetup("{0}", Map.of("GOSUMDB", "sum.test+key " + other.url())),
            List.of());

    try (var inside = InsideWorld.of(setup)) {
      assertThat(inside.send("GET", "/go/sumdb/sum.test/supported").statusCode()).isEqualTo(200);
      assertThat(inside.send("GET", "/go/sumdb/sum.test/lookup/m@v1.0.0").body())
          .isEqualTo("signed");
      assertThat(inside.send("GET", "/go/sumdb/sum.else/supported").statusCode()).isEqualTo(404);
      assertThat(other.requests().get(0).header("Authorization")).isEmpty();
    }
  }

  private InsideWorld inside(RegistryKind kind, String path) throws IOException {
    return InsideWorld.of(setup(registry(kind, path)));
  }

  private Registry registry(RegistryKind kind, String path) {
    return new Registry(
        kind,
        "test",
        URI.create(upstream.url() + path),
        Optional.of(Login.basic("ci", new Secret("pw"))),
        Optional.empty(),
        "test");
  }

  private static RegistrySetup setup(Registry registry) {
    return new RegistrySetup(List.of(registry), new GoSetup("{0}", Map.of()), List.of());
  }
}
