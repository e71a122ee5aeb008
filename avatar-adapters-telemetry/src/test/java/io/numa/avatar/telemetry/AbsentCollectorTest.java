package io.numa.avatar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.time.TimeSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A collector that is slow, away, or refuses: no task waits for it, and it is told once. */
class AbsentCollectorTest {
  private static final String KEY = "k3y-of-the-collector";

  /**
   * The time of the listener for thousands of attempts; one exchange with a collector takes more.
   */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final Duration LAST_WORDS = Duration.ofSeconds(4);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("io.numa.avatar.telemetry");

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void forget() {
    root.detachAppender(log);
  }

  @Test
  void aSlowCollectorHoldsUpNothingAndWhatIsTooMuchIsDropped() throws Exception {
    // Connections succeed, and no answer comes.
    try (var slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      OtlpTracing tracing = tracing(URI.create("http://127.0.0.1:" + slow.getLocalPort()));
      int attempts = SpanQueue.MOST;

      assertTimeout(AT_ONCE, () -> runAttempts(tracing.listener(), attempts));

      assertThat(tracing.lost()).isEqualTo(2L * attempts - SpanQueue.MOST);
      assertTimeout(LAST_WORDS, tracing::close);
    }
    assertThat(told("is too slow")).hasSize(1);
    assertThat(told(2L * SpanQueue.MOST + " parts of traces did not reach")).hasSize(1);
  }

  @Test
  void aCollectorThatIsAwayIsToldOnce() throws Exception {
    URI nothing;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nothing = URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }
    OtlpTracing tracing = tracing(nothing);

    assertTimeout(AT_ONCE, () -> runAttempts(tracing.listener(), 500));
    assertTimeout(LAST_WORDS, tracing::close);

    assertThat(told("does not answer")).hasSize(1);
    assertThat(told("did not reach")).hasSize(1);
  }

  @Test
  void aRefusalIsToldOnceAndLosesTheSpans() throws Exception {
    try (var collector = Collector.answering(401)) {
      OtlpTracing tracing = tracing(collector.url());

      runAttempts(tracing.listener(), 500);
      tracing.close();

      assertThat(collector.requests()).hasSizeGreaterThan(2);
      assertThat(tracing.lost()).isEqualTo(1_000);
    }
    assertThat(told("answered 401; check telemetry.otlp.headers")).hasSize(1);
  }

  /** The headers are the operator's secrets, and another server would get them. */
  @Test
  void aRedirectionIsNotFollowed() throws Exception {
    try (var other = Collector.answering(200);
        var collector = Collector.answering(307, Map.of("Location", other.url().toString()))) {
      OtlpTracing tracing = tracing(collector.url());

      runAttempts(tracing.listener(), 1);
      tracing.close();

      assertThat(collector.requests()).isNotEmpty();
      assertThat(other.requests()).isEmpty();
    }
    assertThat(told("where traces do not go")).hasSize(1);
  }

  /** A name in the configuration does not mean what gives credentials to any caller. */
  @Test
  void aMetadataAddressIsNotDialled() throws Exception {
    InetAddress metadata = InetAddress.getByName("169.254.169.254");
    var tracing =
        new OtlpTracing(
            settings(URI.create("http://otlp.example.com:4318")),
            TimeSource.SYSTEM,
            host -> List.of(metadata));

    runAttempts(tracing.listener(), 1);
    assertTimeout(LAST_WORDS, tracing::close);

    assertThat(told("it is at 169.254.169.254, a metadata address of a cloud")).hasSize(1);
  }

  private static void runAttempts(RunListener listener, int attempts) {
    for (int i = 0; i < attempts; i++) {
      var id = new TaskId("T-" + i);
      Task task =
          Task.of(
              id,
              "Let people log in",
              new ApplicationId("7"),
              new BranchName("dev"),
              new PlanSource.Prose("Log in."));
      listener.began(task, Attempt.of(id));
      listener.entered(id, Stage.FETCH);
      TaskOutcome done = new TaskOutcome.Delivered(WorkSummary.NOTHING_YET);
      listener.reporting(id, done);
      listener.ended(id, done);
    }
  }

  private List<String> told(String words) {
    List<String> lines =
        List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(lines).noneMatch(line -> line.contains(KEY));
    return lines.stream().filter(line -> line.contains(words)).toList();
  }

  private static OtlpTracing tracing(URI url) {
    return new OtlpTracing(settings(url), TimeSource.SYSTEM);
  }

  private static TelemetrySettings settings(URI url) {
    return new TelemetrySettings(
        url,
        Map.of("api-key", new Secret(KEY)),
        "avatar_001",
        "1.2.3",
        Redactor.of(List.of()),
        UnaryOperator.identity());
  }
}
