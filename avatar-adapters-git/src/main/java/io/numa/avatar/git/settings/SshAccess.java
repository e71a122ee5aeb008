package io.numa.avatar.git.settings;

import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to log in to one host over SSH.
 *
 * @param key the private key to log in with; if no credential of the host has a key or an agent,
 *     the usual ones of {@code ~/.ssh} are used
 * @param agent the socket of an SSH agent, whose keys are tried first
 * @param knownHosts the file with the host's known keys
 */
public record SshAccess(
    Optional<Path> key,
    Optional<Secret> passphrase,
    Optional<Path> agent,
    Optional<Path> knownHosts) {
  public static final SshAccess NONE =
      new SshAccess(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether it has a key or an agent, rather than known hosts only. */
  public boolean logsIn() {
    return key.isPresent() || agent.isPresent();
  }
}
