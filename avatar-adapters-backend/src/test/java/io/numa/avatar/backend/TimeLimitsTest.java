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
import org.junit.jupiter.api.parallel.Isolated;

/** Tests that no call takes longer than its limits. */
@Isolated("it measures times")
final class TimeLimitsTest {
  private static final TimeLimits LIMITS =
      new TimeLimits(ofMillis(500), ofMillis(300), ofMillis(2500), ofMillis(800), ofMillis(200));

  @Test
  void endsASilenceBeforeTheWholeCallsLimit() throws Exception {
    try (NumaBackend backend = NumaBackend.start();
        HttpBackend http = open(backend.url())) {
      backend.addTask(1, Map.of()).misbehave(1, "/tasks/1", new Fault.Stalls(ofSeconds(60)));

      assertThat(timeToFail(() -> http.tasks().task(new TaskId("1"))))
          .isBetween(ofMillis(250), ofMillis(2400));
    }
  }

  @Test
  void bearsALongerSilenceOfALongPoll() throws Exception {
    try (NumaBackend backend = NumaBackend.start();
        HttpBackend http = open(backend.url())) {
      assertThat(http.messages().poll(new TopicId("1"), Optional.empty(), ofSeconds(1))).isEmpty();
      backend.misbehave(1, "/messages", new Fault.Stalls(ofSeconds(60)));

      assertThat(
              timeToFail(
                  () -> http.messages().poll(new TopicId("1"), Optional.empty(), ofSeconds(1))))
          .isBetween(ofMillis(1700), ofSeconds(4));
    }
  }

  @Test
  void endsAnAnswerThatComesByDrops() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpBackend http = open(URI.create("http://127.0.0.1:" + server.getLocalPort()))) {
      var thread = new Thread(() -> drip(server), "drops");
      thread.setDaemon(true);
      thread.start();

      assertThat(timeToFail(() -> http.tasks().task(new TaskId("1"))))
          .isBetween(ofMillis(2400), ofSeconds(6));
    }
  }

  @Test
  void givesUpWhenTheServerTakesNoConnection() throws Exception {
    // TEST-NET-1 (RFC 5737): no host answers, and no router reports that.
    try (HttpBackend http = open(URI.create("http://192.0.2.1:7301"))) {
      assertThat(timeToFail(() -> http.tasks().task(new TaskId("1")))).isLessThan(ofSeconds(3));
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

  private static HttpBackend open(URI url) {
    return new HttpBackend(
        BackendSettings.of(url, new AvatarId("a"))
            .withRetries(RetrySettings.NONE)
            .withLimits(LIMITS),
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
