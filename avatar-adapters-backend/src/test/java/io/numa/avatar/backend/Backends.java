package io.numa.avatar.backend;

import io.numa.avatar.backend.settings.BackendApi;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.DialectSettings;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.testkit.server.NumaBackend;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Clients for tests, with short time limits and a fixed clock. */
final class Backends {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final String TOKEN = "numa-token-4711";
  static final RetrySettings QUICK =
      new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(5));

  private Backends() {}

  static BackendSettings settings(URI url) {
    return BackendSettings.of(url, new AvatarId("avatar_001"))
        .withApiToken(new Secret(TOKEN))
        .withRetries(QUICK)
        .withDialect(DialectSettings.DEFAULT.withApi(BackendApi.TOPICS));
  }

  static HttpBackend open(NumaBackend backend) {
    return new HttpBackend(settings(backend.url()), CLOCK);
  }
}
