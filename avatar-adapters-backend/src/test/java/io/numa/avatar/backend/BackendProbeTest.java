package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BackendProbeTest {
  private final NumaBackend backend = NumaBackend.start();
  private final HttpBackend http = Backends.open(backend);

  BackendProbeTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Test
  void seesHowFarTheClocksAreApart() throws InterruptedException {
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

    try (HttpBackend late = new HttpBackend(Backends.settings(backend.url()), ahead)) {
      BackendProbe.Health health = late.probe().check("tasks");

      assertThat(health.topic()).isEqualTo(new TopicId("1"));
      assertThat(health.clockOffset().orElseThrow())
          .isBetween(Duration.ofSeconds(-65), Duration.ofSeconds(-55));
    }
  }

  @Test
  void seesThatTheTokenIsRefused() {
    backend.withToken("another");

    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> http.probe().check("tasks"));
  }

  @Test
  void seesThatThereIsNoSuchTopic() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> http.probe().check("chores"))
        .withMessage("could not find the topic 'chores': the backend has tasks");
  }

  @Test
  void seesThatNoServerListens() {
    backend.close();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.probe().check("tasks"))
        .withMessageStartingWith("could not reach the backend: ");
  }
}
