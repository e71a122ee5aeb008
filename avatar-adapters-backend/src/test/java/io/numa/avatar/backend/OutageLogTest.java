package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.CallKind;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.call.Read;
import io.numa.avatar.backend.internal.call.Shapes;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.testkit.ElapsedTime;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the program's log during an outage of the backend. */
final class OutageLogTest {
  private final NumaBackend backend = NumaBackend.start().addTask(1, Map.of("title", "One"));
  private final LogLines log = new LogLines();
  private final ElapsedTime time = new ElapsedTime();
  private final Read read =
      new Read(CallKind.LOOK_UP, "read", new Endpoints(backend.url()).task("1"), Shapes::task);
  private final BackendClient client = client(Backends.settings(backend.url()));

  OutageLogTest() throws IOException {}

  @AfterEach
  void close() {
    client.close();
    backend.close();
  }

  @Test
  void saysOnceThatTheBackendIsAwayAndOnceThatItIsBack() throws InterruptedException {
    backend.misbehave(2, "/tasks/1", new Fault.HangsUp());

    read();
    read();

    assertThat(log.lines())
        .containsExactly(
            "WARN The backend at %1$s does not answer; trying again: could not read: the connection to the backend at %1$s broke"
                .formatted(backend.url()),
            "INFO The backend at " + backend.url() + " answers again");
  }

  @Test
  void saysItAtTheFirstFailedTry() throws Exception {
    backend.misbehave(1, "/tasks/1", Fault.status(503, "Retry-After", "5"));
    var call =
        new Thread(
            new FutureTask<>(
                () -> {
                  read();
                  return true;
                }));
    call.setDaemon(true);
    call.start();

    assertThat(log.next(Duration.ofSeconds(4)))
        .isEqualTo(
            "WARN The backend at %s does not answer; trying again: could not read: the backend answered 503"
                .formatted(backend.url()));
    call.interrupt();
  }

  @Test
  void saysItOnceForManyCalls() throws InterruptedException {
    backend.misbehave(9, "/tasks/1", new Fault.HangsUp());
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(PortException.class).isThrownBy(this::read);
    }

    read();

    assertThat(log.lines()).hasSize(2);
  }

  @Test
  void saysItAgainAtTheNextOutage() throws InterruptedException {
    backend.misbehave(1, "/tasks/1", new Fault.HangsUp());
    read();
    time.pass(Duration.ofMinutes(1));
    backend.misbehave(1, "/tasks/1", new Fault.HangsUp());
    read();

    assertThat(log.lines()).hasSize(4);
  }

  @Test
  void saysItOnceInAMinuteOfABackendThatComesAndGoes() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      backend.misbehave(1, "/tasks/1", new Fault.HangsUp());
      read();
    }

    assertThat(log.lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500})
  void takesABackendThatAnswersForPresent(int status) throws InterruptedException {
    backend.misbehave(1, "/tasks/1", Fault.status(status));

    read();

    assertThat(log.lines()).isEmpty();
  }

  @Test
  void saysNothingOfAnotherTryWhereThereIsNone() {
    backend.misbehave(1, "/tasks/1", new Fault.HangsUp());

    try (BackendClient single =
        client(Backends.settings(backend.url()).withRetries(RetrySettings.NONE))) {
      assertThatExceptionOfType(PortException.class).isThrownBy(() -> single.read(read));
    }
    assertThat(log.lines()).isEmpty();
  }

  private void read() throws InterruptedException {
    client.read(read);
  }

  private BackendClient client(BackendSettings settings) {
    return new BackendClient(settings, Backends.CLOCK, log, time);
  }
}
