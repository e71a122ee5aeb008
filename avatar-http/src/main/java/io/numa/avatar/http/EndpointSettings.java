package io.numa.avatar.http;

/**
 * The settings for one group of endpoints.
 *
 * @param name what calls to it are for, such as {@code logs}
 * @param breaker when the client stops calling the group
 */
public record EndpointSettings(String name, RetrySettings retries, BreakerSettings breaker) {}
