package io.numa.avatar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.Health;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.port.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which answer. */
class LocalServerTest {
  private static final String TOKEN = "s3cr3t-t0ken";

  private final Overview overview = mock();
  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    when(overview.health()).thenReturn(new Health(List.of(), List.of()));
    var settings =
        new ServerSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Secret(TOKEN),
            Set.of("Avatar.example.com"));
    var avatar =
        new ServedAvatar(overview, mock(Controls.class), new OperationEvents(), () -> "up 1\n");
    server = LocalServer.start(settings, avatar, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsWithoutATokenWhetherItLivesAndIsReady() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body()).isEqualTo("{\"ready\":true}\n");
  }

  @Test
  void namesWhatIsStuckAndWhyItIsNotReady() throws Exception {
    when(overview.health())
        .thenReturn(
            new Health(
                List.of("the thread that polls has made no progress for 300 s"),
                List.of(Waiting.of(Waiting.Kind.DISK, "the disk is full"))));

    assertThat(get("/livez").statusCode()).isEqualTo(503);
    assertThat(get("/livez").body()).contains("the thread that polls");
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).contains("{\"kind\":\"disk\",\"text\":\"the disk is full\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tasks/7", "/api/v1/status", "/metrics", "/../livez2"})
  void givesNothingElseWithoutTheToken(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("up 1");
  }

  @Test
  void givesMetricsForTheToken() throws Exception {
    assertThat(get("/metrics", "Authorization", "Bearer " + TOKEN).body()).isEqualTo("up 1\n");
  }

  @Test
  void logsInOnceByItsLink() throws Exception {
    String link = server.loginLink();
    String path = link.substring(link.indexOf("/login"));

    HttpResponse<String> first = get(path);
    assertThat(first.statusCode()).isEqualTo(303);
    String cookie = first.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

    assertThat(get("/metrics", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(get(path).statusCode()).isEqualTo(401);
  }

  @Test
  void changesNothingForACookieAlone() throws Exception {
    String link = server.loginLink();
    String cookie =
        get(link.substring(link.indexOf("/login")))
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .split(";", 2)[0];

    HttpRequest post =
        HttpRequest.newBuilder(uri("/api/v1/pause"))
            .header("Cookie", cookie)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();

    assertThat(send(post).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""})
  void answersToNoOtherName(String host) throws Exception {
    assertThat(status(host)).isEqualTo("421");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:1", "LOCALHOST:9", "avatar.example.com"})
  void answersToItsOwnNames(String host) throws Exception {
    assertThat(status(host)).isEqualTo("401");
  }

  private String status(String host) throws IOException {
    try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
          .substring(9);
    }
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.address().getPort() + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
