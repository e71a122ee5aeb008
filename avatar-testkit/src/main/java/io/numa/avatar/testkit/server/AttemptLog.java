package io.numa.avatar.testkit.server;

/**
 * What a backend has of the log of one attempt, each byte once, however often it was sent.
 *
 * @param length in bytes of UTF-8
 * @param sha256 of these bytes, in lower-case hexadecimal digits
 */
public record AttemptLog(String attempt, long length, String sha256) {}
