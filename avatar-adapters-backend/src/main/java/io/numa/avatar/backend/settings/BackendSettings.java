package io.numa.avatar.backend.settings;

import io.numa.avatar.http.BreakerSettings;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a backend is and how to talk to it.
 *
 * @param url an {@code http} or {@code https} URL; the endpoints are found below its path
 * @param apiToken sent with every request; empty for none
 * @param avatar the id of this avatar
 * @param breaker when calls to failing endpoints stop. There are four groups: topics and messages;
 *     tasks and applications; statuses; logs
 * @param redactor hides secrets in the texts of the backend before messages show a part of them
 * @param metrics are told of each request
 */
public record BackendSettings(
    URI url,
    Optional<Secret> apiToken,
    AvatarId avatar,
    StatusWords words,
    RetrySettings retries,
    TimeLimits limits,
    BreakerSettings breaker,
    Redactor redactor,
    DialectSettings dialect,
    Metrics metrics) {

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]+");

  /**
   * @throws IllegalArgumentException if {@code url} is not a plain HTTP URL, or the token cannot be
   *     sent in a header; the message does not show the token
   */
  public BackendSettings {
    requirePlainHttp(url);
    if (apiToken.isPresent() && !HEADER_VALUE.matcher(apiToken.get().reveal()).matches()) {
      throw new IllegalArgumentException(
          "the API token holds a space, a line break or another character that no token has");
    }
  }

  /** Settings without a token, and with defaults for the rest. */
  public static BackendSettings of(URI url, AvatarId avatar) {
    return new BackendSettings(
        url,
        Optional.empty(),
        avatar,
        StatusWords.DEFAULT,
        RetrySettings.DEFAULT,
        TimeLimits.DEFAULT,
        BreakerSettings.DEFAULT,
        Redactor.of(List.of()),
        DialectSettings.DEFAULT,
        Metrics.NONE);
  }

  public BackendSettings withApiToken(Secret token) {
    return withApiToken(Optional.of(token));
  }

  /**
   * Settings with another token.
   *
   * @param token empty for none
   */
  public BackendSettings withApiToken(Optional<Secret> token) {
    return new BackendSettings(
        url, token, avatar, words, retries, limits, breaker, redactor, dialect, metrics);
  }

  public BackendSettings withWords(StatusWords newWords) {
    return new BackendSettings(
        url, apiToken, avatar, newWords, retries, limits, breaker, redactor, dialect, metrics);
  }

  public BackendSettings withRetries(RetrySettings newRetries) {
    return new BackendSettings(
        url, apiToken, avatar, words, newRetries, limits, breaker, redactor, dialect, metrics);
  }

  public BackendSettings withLimits(TimeLimits newLimits) {
    return new BackendSettings(
        url, apiToken, avatar, words, retries, newLimits, breaker, redactor, dialect, metrics);
  }

  public BackendSettings withBreaker(BreakerSettings newBreaker) {
    return new BackendSettings(
        url, apiToken, avatar, words, retries, limits, newBreaker, redactor, dialect, metrics);
  }

  public BackendSettings withRedactor(Redactor newRedactor) {
    return new BackendSettings(
        url, apiToken, avatar, words, retries, limits, breaker, newRedactor, dialect, metrics);
  }

  public BackendSettings withDialect(DialectSettings newDialect) {
    return new BackendSettings(
        url, apiToken, avatar, words, retries, limits, breaker, redactor, newDialect, metrics);
  }

  public BackendSettings withMetrics(Metrics newMetrics) {
    return new BackendSettings(
        url, apiToken, avatar, words, retries, limits, breaker, redactor, dialect, newMetrics);
  }

  private static void requirePlainHttp(URI url) {
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    boolean https = "https".equalsIgnoreCase(url.getScheme());
    if (!(http || https) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "the backend's URL must be like http://host:port or https://host/path");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the backend's URL carries a user name or password; put a token under backend.api_token");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("the backend's URL must end with its path: no '?' or '#'");
    }
  }
}
