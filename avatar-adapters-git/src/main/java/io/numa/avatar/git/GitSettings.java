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
 * @param access which hosts may be talked to, and how they are reached
 */
public record GitSettings(
    GitIdentity identity,
    GitCredentials credentials,
    Duration timeout,
    Optional<Path> knownHosts,
    GitAccess access) {
  public GitSettings {
    if (timeout.toSeconds() < 1 || timeout.toSeconds() > 86_400) {
      throw new IllegalArgumentException(
          "the timeout of Git transfers must be between 1 second and 1 day: " + timeout);
    }
  }

  /** Settings without credentials, with a timeout of a minute, and with access to every host. */
  public static GitSettings of(GitIdentity identity) {
    return new GitSettings(
        identity, GitCredentials.NONE, Duration.ofMinutes(1), Optional.empty(), GitAccess.OPEN);
  }

  public GitSettings withCredentials(HostCredential... hosts) {
    return new GitSettings(identity, GitCredentials.of(hosts), timeout, knownHosts, access);
  }

  public GitSettings withTimeout(Duration silence) {
    return new GitSettings(identity, credentials, silence, knownHosts, access);
  }

  public GitSettings withKnownHosts(Path file) {
    return new GitSettings(identity, credentials, timeout, Optional.of(file), access);
  }

  public GitSettings withAccess(GitAccess newAccess) {
    return new GitSettings(identity, credentials, timeout, knownHosts, newAccess);
  }
}
