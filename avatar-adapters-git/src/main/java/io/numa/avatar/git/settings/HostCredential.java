package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.Destination;
import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A credential that the adapter sends to one host only.
 *
 * @param host the host's name, for the default ports of {@code https} and {@code http}, and for all
 *     ports of SSH; {@code host:port} for one port; {@code host:*} for all ports
 * @param service the kind of service at the host; when empty, guessed from the host's name
 * @param username used if the repository's URL names no user; when empty, the service's usual user
 *     name for tokens, or the author's name if the service has none
 * @param token the source of the token or password
 * @param allowInsecureHttp whether the password may be sent unencrypted to another machine
 */
public record HostCredential(
    String host,
    Optional<HostingService> service,
    Optional<String> username,
    Optional<TokenSource> token,
    SshAccess ssh,
    boolean allowInsecureHttp) {
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9a-f:.%]+\\]|[^\\s:/@\\[\\]]+)(?::(?:[0-9]{1,5}|\\*))?");

  private static final Pattern PORT = Pattern.compile(":(?:[0-9]{1,5}|\\*)$");

  public HostCredential {
    host = host.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("not a host, host:port or host:*: '" + host + "'");
    }
    if (token.isEmpty() && !ssh.logsIn() && ssh.knownHosts().isEmpty()) {
      throw new IllegalArgumentException(
          "the credential of '" + host + "' holds neither token, password nor ssh_key");
    }
  }

  /** A token or password; over plain HTTP, it is sent to loopback addresses only. */
  public static HostCredential password(String host, String username, Secret password) {
    return token(host, new TokenSource.Given(password)).withUsername(username);
  }

  /** A token, sent as the password of the user name that the host's service expects. */
  public static HostCredential token(String host, TokenSource token) {
    return new HostCredential(
        host, Optional.empty(), Optional.empty(), Optional.of(token), SshAccess.NONE, false);
  }

  /** A key without passphrase, and the file with the host's known keys. */
  public static HostCredential sshKey(String host, Path sshKey, Path knownHosts) {
    return ssh(
        host,
        new SshAccess(
            Optional.of(sshKey), Optional.empty(), Optional.empty(), Optional.of(knownHosts)));
  }

  /** A login over SSH, as the user that the URL names. */
  public static HostCredential ssh(String host, SshAccess access) {
    return new HostCredential(
        host, Optional.empty(), Optional.empty(), Optional.empty(), access, false);
  }

  public HostCredential withUsername(String name) {
    return new HostCredential(host, service, Optional.of(name), token, ssh, allowInsecureHttp);
  }

  public HostCredential withService(HostingService known) {
    return new HostCredential(host, Optional.of(known), username, token, ssh, allowInsecureHttp);
  }

  /** The configured kind of service, else the kind guessed from the host's name. */
  public HostingService serviceOrGuess() {
    return service.orElseGet(() -> HostingService.guess(PORT.matcher(host).replaceFirst("")));
  }

  /** The user name for the token, if the URL names no user. */
  public Optional<String> tokenUser() {
    return username.or(() -> serviceOrGuess().tokenUser());
  }

  boolean matches(Destination to) {
    return matches(host, to);
  }

  /**
   * Whether an entry for a host is for a destination. A backend names the ports of its
   * repositories, so a host alone does not stand for all its ports; an SSH server proves by its key
   * who it is.
   */
  public static boolean matches(String entry, Destination to) {
    String host = to.uriHost();
    return entry.equals(to.authority())
        || entry.equals(host + ":*")
        || (entry.equals(host) && (to.scheme().equals("ssh") || to.isAtDefaultPort()));
  }
}
