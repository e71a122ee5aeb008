package io.numa.avatar.git.settings;

import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one host is shown, and no other.
 *
 * @param host a host's name, for all its ports, or {@code host:port}
 * @param service what runs there; guessed by the host's name when empty
 * @param username where the repository's URL names no user; the service's usual one for tokens when
 *     empty, and the author's name where it has none
 * @param token where a token or password comes from
 * @param allowInsecureHttp whether the password may travel in the clear to another machine
 */
public record HostCredential(
    String host,
    Optional<HostingService> service,
    Optional<String> username,
    Optional<TokenSource> token,
    SshAccess ssh,
    boolean allowInsecureHttp) {
  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9a-f:.%]+\\]|[^\\s:/@\\[\\]]+)(?::[0-9]{1,5})?");

  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

  public HostCredential {
    host = host.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("not a host or host:port: '" + host + "'");
    }
    if (token.isEmpty() && !ssh.logsIn() && ssh.knownHosts().isEmpty()) {
      throw new IllegalArgumentException(
          "the credential of '" + host + "' holds neither token, password nor ssh_key");
    }
  }

  /** A token or password, sent over plain HTTP to loopback only. */
  public static HostCredential password(String host, String username, Secret password) {
    return token(host, new TokenSource.Given(password)).withUsername(username);
  }

  /** A token with the user name that the host's service wants, sent as a password is. */
  public static HostCredential token(String host, TokenSource token) {
    return new HostCredential(
        host, Optional.empty(), Optional.empty(), Optional.of(token), SshAccess.NONE, false);
  }

  /** A key without passphrase, and the file of known hosts that goes with it. */
  public static HostCredential sshKey(String host, Path sshKey, Path knownHosts) {
    return ssh(
        host,
        new SshAccess(
            Optional.of(sshKey), Optional.empty(), Optional.empty(), Optional.of(knownHosts)));
  }

  /** A login over SSH, as the URL's user. */
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

  /** What runs at the host, as far as it is known. */
  public HostingService serviceOrGuess() {
    return service.orElseGet(() -> HostingService.guess(PORT.matcher(host).replaceFirst("")));
  }

  /** The user name that goes with the token, where no URL names another. */
  public Optional<String> tokenUser() {
    return username.or(() -> serviceOrGuess().tokenUser());
  }

  boolean matches(String otherHost, int port) {
    return host.equals(otherHost) || host.equals(otherHost + ":" + port);
  }
}
