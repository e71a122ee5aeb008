package io.numa.avatar.http;

/**
 * How one group of endpoints is called.
 *
 * @param name what calls to it are for, such as {@code logs}
 * @param breaker when the group is left alone
 */
public record EndpointSettings(String name, RetrySettings retries, BreakerSettings breaker) {}
