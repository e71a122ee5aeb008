package io.numa.avatar.git.internal.access;

import io.numa.avatar.git.settings.GitCredentials;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.SshAccess;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.http.address.ForbiddenAddressException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.RepositoryUrl;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.ProxyData;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Logs in over SSH with the host's own key or agent, or with the usual keys of {@code ~/.ssh} if
 * neither is configured. It does not read {@code ~/.ssh/config}, uses an agent only if a credential
 * of the host names it, and connects to no host whose key is unknown.
 */
public final class SshLogin {
  private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private SshLogin() {}

  /** Makes the sessions of one remote. The caller closes the factory after use. */
  public static SshdSessionFactory sessions(RepositoryUrl url, GitSettings settings) {
    Destination to = Destination.of(url);
    GitCredentials all = settings.credentials();
    SshAccess access =
        all.find(to, one -> one.ssh().logsIn()).map(HostCredential::ssh).orElse(SshAccess.NONE);
    var password = all.find(to, one -> one.token().isPresent());
    Path home = Path.of(System.getProperty("user.home"));
    Path ssh = home.resolve(".ssh");
    Path knownHosts =
        all.find(to, one -> one.ssh().knownHosts().isPresent())
            .flatMap(one -> one.ssh().knownHosts())
            .orElse(ssh.resolve("known_hosts"));
    List<Path> keys =
        access.logsIn() ? access.key().map(List::of).orElseGet(List::of) : usualKeys(ssh);
    return new SshdSessionFactoryBuilder()
        .setHomeDirectory(home.toFile())
        .setSshDirectory(ssh.toFile())
        .setConfigFile(directory -> null)
        .setProxyDataFactory(address -> checked(settings, to, address))
        .setConnectorFactory(access.agent().map(SshAgentConnectors::new).orElse(null))
        .setDefaultKnownHostsFiles(directory -> List.of(knownHosts))
        .setDefaultIdentities(directory -> keys)
        .setKeyPasswordProvider(asker -> passphrase(access.passphrase()))
        .setPreferredAuthentications(
            password.isPresent() ? "publickey,password,keyboard-interactive" : "publickey")
        .build(null);
  }

  /**
   * JGit asks for a proxy with the very address that it dials without one.
   *
   * @return none, as there are no proxies for SSH
   * @throws PortException of kind {@code DENIED} if the address is forbidden
   */
  private static @Nullable ProxyData checked(
      GitSettings settings, Destination to, InetSocketAddress dialled) {
    try {
      if (!dialled.isUnresolved()) {
        settings.addresses().rule().require(to, dialled.getAddress());
      }
      return null;
    } catch (ForbiddenAddressException e) {
      throw e.denied();
    }
  }

  /** The user to log in as, if the URL names none. */
  public static Optional<String> user(RepositoryUrl url, GitCredentials credentials) {
    return credentials
        .find(Destination.of(url), one -> one.username().isPresent())
        .flatMap(HostCredential::username);
  }

  private static List<Path> usualKeys(Path ssh) {
    return USUAL_KEYS.stream().map(ssh::resolve).filter(Files::isReadable).toList();
  }

  private static KeyPasswordProvider passphrase(Optional<Secret> passphrase) {
    return new KeyPasswordProvider() {
      @Override
      public char[] getPassphrase(URIish key, int attempt) {
        return passphrase.map(Secret::reveal).orElse("").toCharArray();
      }

      @Override
      public void setAttempts(int maxNumberOfAttempts) {}

      @Override
      public boolean keyLoaded(URIish key, int attempt, Exception failure) {
        return false; // do not ask again
      }
    };
  }
}
