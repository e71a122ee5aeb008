package io.numa.avatar.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpTransportTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final MockWebServer server = new MockWebServer();
  private final HttpTransport transport =
      new HttpTransport("test", LIMIT, new AnswerLimits(100, 10), UnaryOperator.identity());

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  /** With Nagle's algorithm, the end of each batch of log waited for 40 ms. */
  @Test
  void sendsTheEndOfARequestAtOnce() throws Exception {
    var sockets = new ArrayList<Socket>();
    var listener =
        new EventListener() {
          @Override
          public void connectionAcquired(Call call, Connection connection) {
            sockets.add(connection.socket());
          }
        };
    server.enqueue(new MockResponse.Builder().build());

    try (var prompt =
        new HttpTransport(
            "test", LIMIT, new AnswerLimits(100, 10), client -> client.eventListener(listener))) {
      prompt.exchange(new Request.Builder().url(server.url("/")).build(), LIMIT, LIMIT);

      assertThat(sockets).hasSize(1).allMatch(HttpTransportTest::isPrompt);
    }
  }

  private static boolean isPrompt(Socket socket) {
    try {
      return socket.getTcpNoDelay();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsAnAnswer() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .setHeader("Content-Type", "Application/JSON; charset=utf-8")
            .body("{\"a\": 1}")
            .build());

    HttpAnswer answer = exchange(LIMIT);

    assertThat(answer.requireWhole().successful()).isTrue();
    assertThat(answer.json().orElseThrow().path("a").asInt()).isEqualTo(1);
    assertThat(answer.mediaType()).isEqualTo("application/json");
  }

  @Test
  void readsNoMoreOfABodyThanItsLimit() throws Exception {
    server.enqueue(new MockResponse.Builder().body("x".repeat(100)).build());
    server.enqueue(new MockResponse.Builder().body("x".repeat(101)).build());
    server.enqueue(new MockResponse.Builder().code(500).body("x".repeat(11)).build());

    assertThat(exchange(LIMIT).text()).hasSize(100);
    assertThat(exchange(LIMIT)).returns(true, HttpAnswer::tooLarge).returns("", HttpAnswer::text);
    assertThat(exchange(LIMIT))
        .returns(true, HttpAnswer::tooLarge)
        .returns(500, HttpAnswer::status);
  }

  @Test
  void keepsTheStatusOfAnAnswerThatBreaksOff() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .body("x".repeat(100))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());

    HttpAnswer answer = exchange(LIMIT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.tooLarge()).isFalse();
    assertThatExceptionOfType(IOException.class).isThrownBy(answer::requireWhole);
  }

  @Test
  void followsNoRedirectionAndNamesItsHostAlone() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(302)
            .setHeader("Location", "https://login.example.com/x?session=1")
            .build());

    assertThat(exchange(LIMIT).redirection()).isEqualTo("login.example.com");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void endsASilence() {
    stall();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> exchange(Duration.ofMillis(100)))
        .satisfies(
            thrown ->
                assertThat(NetworkFailure.of(NetworkFailure.cause(thrown)))
                    .isEqualTo(NetworkFailure.TIMEOUT));
  }

  @Test
  void saysThatNoServerListens() {
    server.close();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> exchange(LIMIT))
        .satisfies(
            thrown ->
                assertThat(NetworkFailure.of(NetworkFailure.cause(thrown)))
                    .isEqualTo(NetworkFailure.NO_CONNECTION));
  }

  @Test
  void endsWithAnInterrupt() throws Exception {
    stall();
    var call = new FutureTask<>(() -> exchange(Duration.ofSeconds(60)));
    var thread = new Thread(call, "call");
    thread.setDaemon(true);
    thread.start();
    server.takeRequest();

    thread.interrupt();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> call.get(4, SECONDS))
        .withCauseInstanceOf(InterruptedException.class);
  }

  private void stall() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
  }

  private HttpAnswer exchange(Duration limit) throws IOException, InterruptedException {
    return transport.exchange(new Request.Builder().url(server.url("/")).build(), limit, limit);
  }
}
