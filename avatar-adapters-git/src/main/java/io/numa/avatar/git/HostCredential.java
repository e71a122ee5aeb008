package io.numa.avatar.git;

import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one host is shown, and no other.
 *
 * @param host a host's name, for all its ports, or {@code host:port}
 * @param username where the repository's URL names no user; the author's name when empty
 * @param password a token or password
 * @param sshKey the private key to log in with over SSH; the usual ones of {@code ~/.ssh} when no
 *     credential of the host has any
 * @param knownHosts where the host's own key is looked up
 * @param allowInsecureHttp whether the password may travel in the clear to another machine
 */
public record HostCredential(
    String host,
    Optional<String> username,
    Optional<Secret> password,
    Optional<Path> sshKey,
    Optional<Secret> passphrase,
    Optional<Path> knownHosts,
    boolean allowInsecureHttp) {
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9a-f:.%]+\\]|[^\\s:/@\\[\\]]+)(?::[0-9]{1,5})?");

  public HostCredential {
    host = host.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("not a host or host:port: '" + host + "'");
    }
    if (password.isEmpty() && sshKey.isEmpty() && knownHosts.isEmpty()) {
      throw new IllegalArgumentException(
          "the credential of '" + host + "' holds neither token, password nor ssh_key");
    }
  }

  /** A token or password, sent over plain HTTP to loopback only. */
  public static HostCredential password(String host, String username, Secret password) {
    return new HostCredential(
        host,
        Optional.of(username),
        Optional.of(password),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** A key without passphrase, and the file of known hosts that goes with it. */
  public static HostCredential sshKey(String host, Path sshKey, Path knownHosts) {
    return new HostCredential(
        host,
        Optional.empty(),
        Optional.empty(),
        Optional.of(sshKey),
        Optional.empty(),
        Optional.of(knownHosts),
        false);
  }

  boolean matches(String otherHost, int port) {
    return host.equals(otherHost) || host.equals(otherHost + ":" + port);
  }
}
