package io.numa.avatar.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.TimeLimits;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Tests that no call takes longer than its limits. */
final class TimeLimitsTest {
  /** A limit that must not be the one which ends a call. */
  private static final Duration LONG = ofSeconds(60);

  /** Far from the limit that ends a call, and from the others. */
  private static final Duration FAR = ofSeconds(30);

  @Test
  void endsASilenceBeforeTheWholeCallsLimit() throws Exception {
    try (NumaBackend backend = NumaBackend.start();
        HttpBackend http =
            open(backend.url(), new TimeLimits(LONG, ofMillis(300), LONG, LONG, LONG))) {
      backend.addTask(1, Map.of()).misbehave(1, "/tasks/1", new Fault.Stalls(LONG));

      assertThat(timeToFail(() -> http.tasks().task(new TaskId("1"))))
          .isBetween(ofMillis(250), FAR);
    }
  }

  @Test
  void bearsALongerSilenceOfALongPoll() throws Exception {
    try (NumaBackend backend = NumaBackend.start();
        HttpBackend http =
            open(
                backend.url(),
                new TimeLimits(LONG, ofMillis(300), ofMillis(300), ofMillis(800), LONG))) {
      backend.misbehave(1, "/messages", new Fault.Stalls(LONG));

      assertThat(
              timeToFail(
                  () -> http.messages().poll(new TopicId("1"), Optional.empty(), ofSeconds(1))))
          .isBetween(ofMillis(1700), FAR);
    }
  }

  @Test
  void takesALongPollThatBringsNothingForAnAnswer() throws Exception {
    try (NumaBackend backend = NumaBackend.start();
        HttpBackend http =
            open(backend.url(), new TimeLimits(LONG, ofMillis(300), ofMillis(300), LONG, LONG))) {
      assertThat(http.messages().poll(new TopicId("1"), Optional.empty(), ofSeconds(1))).isEmpty();
    }
  }

  @Test
  void endsAnAnswerThatComesByDrops() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpBackend http =
            open(
                URI.create("http://127.0.0.1:" + server.getLocalPort()),
                new TimeLimits(LONG, FAR, ofMillis(1500), LONG, LONG))) {
      var thread = new Thread(() -> drip(server), "drops");
      thread.setDaemon(true);
      thread.start();

      assertThat(timeToFail(() -> http.tasks().task(new TaskId("1"))))
          .isBetween(ofMillis(1400), ofSeconds(20));
    }
  }

  @Test
  void givesUpWhenTheServerTakesNoConnection() throws Exception {
    // TEST-NET-1 (RFC 5737): no host answers, and no router reports that.
    try (HttpBackend http =
        open(
            URI.create("http://192.0.2.1:7301"),
            new TimeLimits(ofMillis(500), LONG, LONG, LONG, LONG))) {
      assertThat(timeToFail(() -> http.tasks().task(new TaskId("1")))).isLessThan(FAR);
    }
  }

  @Test
  void givesRenewalsNoMoreTimeThanOtherCalls() {
    var limits = new TimeLimits(ofSeconds(1), ofSeconds(2), ofSeconds(3));

    assertThat(limits)
        .isEqualTo(
            new TimeLimits(ofSeconds(1), ofSeconds(2), ofSeconds(2), ofSeconds(3), ofSeconds(2)));
  }

  @Test
  void refusesLimitsThatNothingCanKeep() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeLimits(Duration.ZERO, ofSeconds(1), ofSeconds(1)));
  }

  private static HttpBackend open(URI url, TimeLimits limits) {
    return new HttpBackend(
        BackendSettings.of(url, new AvatarId("a"))
            .withRetries(RetrySettings.NONE)
            .withLimits(limits),
        Backends.CLOCK);
  }

  private interface Call {
    void make() throws InterruptedException;
  }

  private static Duration timeToFail(Call call) {
    long start = System.nanoTime();
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(call::make)
        .returns(true, PortException::retryable);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Answers one request, a byte at a time, for longer than any client waits. */
  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(US_ASCII));
      for (int i = 0; i < 1000; i++) {
        out.write(' ');
        out.flush();
        LockSupport.parkNanos(ofMillis(100).toNanos());
      }
    } catch (IOException e) {
      // The client has closed the connection.
    }
  }
}
