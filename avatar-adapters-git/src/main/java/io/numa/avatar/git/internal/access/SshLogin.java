package io.numa.avatar.git.internal.access;

import io.numa.avatar.git.settings.GitCredentials;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.SshAccess;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.RepositoryUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

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
    int port = url.effectivePort();
    GitCredentials all = settings.credentials();
    SshAccess access =
        all.find(url.host(), port, one -> one.ssh().logsIn())
            .map(HostCredential::ssh)
            .orElse(SshAccess.NONE);
    var password = all.find(url.host(), port, one -> one.token().isPresent());
    Path home = Path.of(System.getProperty("user.home"));
    Path ssh = home.resolve(".ssh");
    Path knownHosts =
        all.find(url.host(), port, one -> one.ssh().knownHosts().isPresent())
            .flatMap(one -> one.ssh().knownHosts())
            .orElse(ssh.resolve("known_hosts"));
    List<Path> keys =
        access.logsIn() ? access.key().map(List::of).orElseGet(List::of) : usualKeys(ssh);
    return new SshdSessionFactoryBuilder()
        .setHomeDirectory(home.toFile())
        .setSshDirectory(ssh.toFile())
        .setConfigFile(directory -> null)
        .setConnectorFactory(access.agent().map(SshAgentConnectors::new).orElse(null))
        .setDefaultKnownHostsFiles(directory -> List.of(knownHosts))
        .setDefaultIdentities(directory -> keys)
        .setKeyPasswordProvider(asker -> passphrase(access.passphrase()))
        .setPreferredAuthentications(
            password.isPresent() ? "publickey,password,keyboard-interactive" : "publickey")
        .build(null);
  }

  /** The user to log in as, if the URL names none. */
  public static Optional<String> user(RepositoryUrl url, GitCredentials credentials) {
    return credentials
        .find(url.host(), url.effectivePort(), one -> one.username().isPresent())
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
