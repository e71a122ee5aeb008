package io.numa.avatar.backend.v1;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.settings.BackendApi;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.DialectSettings;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;

/** Clients and updates for tests of the second dialect. */
final class V1Backends {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final DialectSettings V1 = DialectSettings.DEFAULT.withApi(BackendApi.V1);

  private static final RetrySettings QUICK =
      new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(5));

  private V1Backends() {}

  static BackendSettings settings(URI url, DialectSettings dialect) {
    return BackendSettings.of(url, new AvatarId("avatar_001"))
        .withRetries(QUICK)
        .withDialect(dialect);
  }

  static HttpBackend open(URI url, DialectSettings dialect) {
    return new HttpBackend(settings(url, dialect), CLOCK);
  }

  static StatusUpdate begun(int sequence) {
    return update(sequence, TaskState.IN_PROGRESS, Optional.empty());
  }

  static StatusUpdate done(int sequence) {
    return update(sequence, TaskState.DONE, Optional.empty());
  }

  static StatusUpdate failed(int sequence, String message) {
    var failure = new Failure(Stage.TEST, FailureKind.TESTS_FAILED, message, OptionalInt.empty());
    return update(sequence, TaskState.FAILED, Optional.of(failure));
  }

  private static StatusUpdate update(int sequence, TaskState state, Optional<Failure> failure) {
    return new StatusUpdate(
        sequence,
        state,
        Stage.CLONE,
        "a message",
        WorkSummary.NOTHING_YET,
        NOW,
        state == TaskState.IN_PROGRESS ? Optional.empty() : Optional.of(NOW.plusSeconds(60)),
        failure);
  }
}
