package io.numa.avatar.testkit.server;

/**
 * The log of one attempt as a backend has it. Each byte counts once, even if it was sent several
 * times.
 *
 * @param length the length in bytes of UTF-8
 * @param sha256 the digest of these bytes, in lower-case hexadecimal digits
 */
public record AttemptLog(String attempt, long length, String sha256) {}
