package io.numa.avatar.git;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the Git adapter is told by the configuration.
 *
 * @param timeout how long a remote may stay silent, one second at least
 * @param knownHosts of SSH hosts whose credential names no other such file; {@code
 *     ~/.ssh/known_hosts} when empty
 * @param reuse what tasks leave for later ones; empty for nothing
 * @param depth how many commits of a branch's history are fetched; 0 for all of it
 */
public record GitSettings(
    GitIdentity identity,
    GitCredentials credentials,
    Duration timeout,
    Optional<Path> knownHosts,
    Optional<Reuse> reuse,
    int depth,
    GitFeatures features) {
  public GitSettings {
    if (timeout.toSeconds() < 1 || timeout.toSeconds() > 86_400) {
      throw new IllegalArgumentException(
          "the timeout of Git transfers must be between 1 second and 1 day: " + timeout);
    }
    if (depth < 0) {
      throw new IllegalArgumentException("the depth of a history must not be negative: " + depth);
    }
  }

  /** Settings without credentials and reuse, and with a timeout of a minute. */
  public static GitSettings of(GitIdentity identity) {
    return new GitSettings(
        identity,
        GitCredentials.NONE,
        Duration.ofMinutes(1),
        Optional.empty(),
        Optional.empty(),
        0,
        GitFeatures.NONE);
  }

  public GitSettings withCredentials(HostCredential... hosts) {
    return new GitSettings(
        identity, GitCredentials.of(hosts), timeout, knownHosts, reuse, depth, features);
  }

  public GitSettings withTimeout(Duration silence) {
    return new GitSettings(identity, credentials, silence, knownHosts, reuse, depth, features);
  }

  public GitSettings withKnownHosts(Path file) {
    return new GitSettings(
        identity, credentials, timeout, Optional.of(file), reuse, depth, features);
  }

  public GitSettings withReuse(Reuse kept) {
    return new GitSettings(
        identity, credentials, timeout, knownHosts, Optional.of(kept), depth, features);
  }

  public GitSettings withDepth(int commits) {
    return new GitSettings(identity, credentials, timeout, knownHosts, reuse, commits, features);
  }

  public GitSettings withFeatures(GitFeatures wanted) {
    return new GitSettings(identity, credentials, timeout, knownHosts, reuse, depth, wanted);
  }
}
