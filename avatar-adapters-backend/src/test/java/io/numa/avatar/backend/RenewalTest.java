package io.numa.avatar.backend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.backend.settings.TimeLimits;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.server.BackendRequest;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a lease is renewed over HTTP. */
final class RenewalTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final TimeLimits LIMITS =
      new TimeLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMillis(300));

  private final NumaBackend backend =
      NumaBackend.start().withLease(LEASE).addTask(1, Map.of("title", "One"));
  private final HttpBackend http =
      new HttpBackend(Backends.settings(backend.url()).withLimits(LIMITS), Backends.CLOCK);
  private Attempt attempt = Attempt.of(new TaskId("1"));

  RenewalTest() throws IOException {}

  @BeforeEach
  void claim() throws InterruptedException {
    Lease lease = http.statuses().report(attempt, Updates.started(1)).orElseThrow();
    attempt = attempt.withLease(lease);
  }

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Test
  void bearsTheEpochAndAKeyOfItsOwn() throws InterruptedException {
    assertThat(renew(1)).contains(new Lease(LEASE, Optional.of("1")));
    assertThat(renew(2)).contains(new Lease(LEASE, Optional.of("1")));

    List<BackendRequest> requests = backend.requests("/status");
    assertThat(requests)
        .extracting(request -> request.header("idempotency-key").orElseThrow())
        .containsExactly(
            attempt.id() + ":status:1", attempt.id() + ":renewal:1", attempt.id() + ":renewal:2");
    assertThat(requests.subList(1, 3))
        .allMatch(request -> request.body().contains("\"status\":\"in_progress\""))
        .allMatch(request -> request.body().endsWith("\"lease_epoch\":1}"));
    assertThat(backend.renewals(1)).isEqualTo(2);
  }

  @Test
  void isTriedOnce() throws InterruptedException {
    backend.misbehave(1, "/status", Fault.status(503));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> renew(1))
        .withMessage("could not report the status of task 1: the backend answered 503")
        .returns(true, PortException::retryable);
    assertThat(renew(2)).isPresent();
    assertThat(backend.requests("/status")).hasSize(3);
  }

  @Test
  void takesNoLongerThanItMay() {
    backend.misbehave(1, "/status", new Fault.Stalls());
    long start = System.nanoTime();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> renew(1))
        .withMessageContaining("did not answer in time")
        .returns(true, PortException::retryable);
    assertThat(System.nanoTime() - start).isLessThan(SECONDS.toNanos(30));
  }

  @Test
  void isNotTriedWhileTheBackendWantsToBeLeftAlone() {
    backend.misbehave(1, "/status", Fault.status(429, "Retry-After", "3600"));
    assertThatExceptionOfType(PortException.class).isThrownBy(() -> renew(1));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> renew(2))
        .withMessage(
            "could not report the status of task 1: the backend at %s has asked to be left alone"
                + " for another 5 s",
            backend.url())
        .returns(true, PortException::retryable);
    assertThat(backend.requests("/status")).hasSize(2);
  }

  private Optional<Lease> renew(long count) throws InterruptedException {
    return http.statuses().renew(attempt, Updates.started(1), count);
  }
}
