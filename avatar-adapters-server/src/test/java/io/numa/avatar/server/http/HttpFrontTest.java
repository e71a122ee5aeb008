package io.numa.avatar.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server with clients that behave well, and with those that do not. */
@Timeout(60)
class HttpFrontTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void answersWithHeadersThatKeepPagesSafe() throws Exception {
    HttpFront front = listen(request -> Answer.of(200, Answer.TEXT, "hello"));

    HttpResponse<String> answer = get(front, "/");

    assertThat(answer.body()).isEqualTo("hello");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void decodesEachSegmentOfAPathByItself() throws Exception {
    HttpFront front = listen(request -> Answer.of(200, Answer.TEXT, request.path().toString()));

    assertThat(get(front, "/tasks/a%2Fb/%2e%2e/1+1%20%E4%BB%BB").body())
        .isEqualTo("[tasks, a/b, .., 1+1 任]");
  }

  @Test
  void refusesWhatItCannotUnderstand() throws Exception {
    HttpFront front = listen(request -> Answer.of(200, Answer.TEXT, request.query().toString()));

    assertThat(raw(front, "GET /?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  /** The order that ends an avatar comes as a request, and its client waits for the answer. */
  @Test
  void givesAnAnswerUnderWayBeforeItCloses() throws Exception {
    var closing =
        new FutureTask<Void>(
            () -> {
              close();
              return null;
            });
    HttpFront front =
        listen(
            request -> {
              var thread = new Thread(closing, "closing");
              thread.start();
              // The server waits in its end now: for the lock, with a limit.
              while (thread.getState() != Thread.State.TIMED_WAITING) {
                new Waiter().pause(Duration.ofMillis(1));
              }
              return Answer.of(200, Answer.TEXT, "draining");
            });

    assertThat(get(front, "/").body()).isEqualTo("draining");
    closing.get();
  }

  @Test
  void tellsNothingOfAFailure() throws Exception {
    HttpFront front =
        listen(
            request -> {
              throw new IllegalStateException("a detail");
            });

    HttpResponse<String> answer = get(front, "/");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("detail");
  }

  @Test
  void breaksOffAnAnswerThatFailsMidway() throws Exception {
    HttpFront front =
        listen(
            request ->
                Answer.streamed(
                    Answer.TEXT,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IllegalStateException("a detail");
                    }));

    assertThatThrownBy(() -> get(front, "/")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(front, "/again")).isInstanceOf(IOException.class);
  }

  @Test
  void leavesAClientThatDoesNotTakeItsAnswer() throws Exception {
    var ended = new CountDownLatch(1);
    HttpFront front =
        listen(
            request ->
                Answer.streamed(
                    Answer.TEXT,
                    out -> {
                      try {
                        var much = new byte[1 << 20];
                        for (int i = 0; i < 1000; i++) {
                          out.write(much);
                        }
                      } finally {
                        ended.countDown();
                      }
                    }));

    Socket stuck = connect(front);
    stuck.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));

    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leavesAClientThatDoesNotSendItsRequest() throws Exception {
    HttpFront front = listen(request -> Answer.of(200, Answer.TEXT, "hello"));
    var slow = new ArrayList<Socket>();
    for (int i = 0; i < Threads.REQUESTS; i++) {
      Socket socket = connect(front);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(US_ASCII));
      slow.add(socket);
    }

    assertThat(get(front, "/").body()).isEqualTo("hello");
    for (Socket socket : slow) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void keepsAWatcherThatHasNothingToTake() throws Exception {
    var release = new CountDownLatch(1);
    HttpFront front =
        listen(
            request ->
                Answer.streamed(
                    Answer.TEXT,
                    new Endless(
                        out -> {
                          out.write('a');
                          out.flush();
                          if (!release.await(SHORT.toMillis() * 4, TimeUnit.MILLISECONDS)) {
                            out.write('b');
                          }
                        })));

    assertThat(get(front, "/").body()).isEqualTo("ab");
  }

  @Test
  void answersBesideAsManyWatchersAsThereMayBe() throws Exception {
    var release = new CountDownLatch(1);
    HttpFront front =
        listen(
            request ->
                request.path().isEmpty()
                    ? Answer.of(200, Answer.TEXT, "hello")
                    : Answer.streamed(
                        Answer.TEXT,
                        new Endless(
                            out -> {
                              out.write('a');
                              out.flush();
                              release.await();
                            })));
    for (int i = 0; i < Threads.WATCHERS; i++) {
      Socket socket = connect(front);
      socket.getOutputStream().write("GET /watch HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

    assertThat(get(front, "/").body()).isEqualTo("hello");
    assertThat(get(front, "/watch").statusCode()).isEqualTo(503);
    release.countDown();
  }

  private record Endless(Answer.Body body) implements Answer.Body {
    @Override
    public void writeTo(java.io.OutputStream out) throws IOException, InterruptedException {
      body.writeTo(out);
    }

    @Override
    public boolean endless() {
      return true;
    }
  }

  private HttpFront listen(Handler handler) throws IOException {
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpFront front = HttpFront.listen(any, handler, SHORT);
    open.add(0, front);
    return front;
  }

  private Socket connect(HttpFront front) throws IOException {
    var socket = new Socket(front.address().getAddress(), front.address().getPort());
    open.add(0, socket);
    return socket;
  }

  private String raw(HttpFront front, String request) throws IOException {
    Socket socket = connect(front);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return new String(socket.getInputStream().readNBytes(20), US_ASCII);
  }

  private static HttpResponse<String> get(HttpFront front, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + front.address().getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
