package io.numa.avatar.git.settings;

import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one host is shown over SSH.
 *
 * @param key the private key to log in with; the usual ones of {@code ~/.ssh} when no credential of
 *     the host has any, nor an agent
 * @param agent the socket of an SSH agent, whose keys are tried first
 * @param knownHosts where the host's own key is looked up
 */
public record SshAccess(
    Optional<Path> key,
    Optional<Secret> passphrase,
    Optional<Path> agent,
    Optional<Path> knownHosts) {
  public static final SshAccess NONE =
      new SshAccess(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether it says how to log in, rather than whom to trust only. */
  public boolean logsIn() {
    return key.isPresent() || agent.isPresent();
  }
}
