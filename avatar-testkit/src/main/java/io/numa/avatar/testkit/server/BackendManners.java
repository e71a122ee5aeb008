package io.numa.avatar.testkit.server;

import java.time.Duration;
import java.util.Optional;

/**
 * The behaviour of a backend towards its callers.
 *
 * @param rich whether it supports more than the bare endpoints: long polling, claims, dropped
 *     repeats
 * @param token the token that it requires, if it requires one
 * @param lease the lease that it grants with a claim, if it grants leases
 * @param gzip whether it accepts compressed requests, and announces that
 */
record BackendManners(
    boolean rich, Optional<String> token, Optional<Duration> lease, boolean gzip) {
  static final BackendManners RICH =
      new BackendManners(true, Optional.empty(), Optional.empty(), false);

  BackendManners plain() {
    return new BackendManners(false, token, Optional.empty(), false);
  }

  BackendManners withToken(String newToken) {
    return new BackendManners(rich, Optional.of(newToken), lease, gzip);
  }

  BackendManners withLease(Duration newLease) {
    return new BackendManners(rich, token, Optional.of(newLease), gzip);
  }

  BackendManners withGzip(boolean taken) {
    return new BackendManners(rich, token, lease, taken);
  }

  boolean accepts(Optional<String> authorization) {
    return token.isEmpty() || authorization.equals(Optional.of("Bearer " + token.get()));
  }
}
