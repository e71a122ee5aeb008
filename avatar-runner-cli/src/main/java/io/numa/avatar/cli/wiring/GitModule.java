package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Credential;
import io.numa.avatar.cli.config.GitSection;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.settings.AllowedUrls;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.CertificateAuthorities;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitCredentials;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.git.settings.ProxyLogin;
import io.numa.avatar.git.settings.ReachableNetworks;
import io.numa.avatar.git.settings.SigningKey;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.git.settings.SshAccess;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Binds {@link Repository} to JGit. */
final class GitModule extends AbstractModule {
  private final Optional<RepositoryUrl> named;

  /** For tasks: they may use the repositories that the configuration allows. */
  GitModule() {
    this.named = Optional.empty();
  }

  /** For an operator's command that names a repository: it may use that repository. */
  GitModule(RepositoryUrl named) {
    this.named = Optional.of(named);
  }

  @Override
  protected void configure() {
    requireBinding(Setup.class);
    requireBinding(Redactor.class);
    requireBinding(Clock.class);
    requireBinding(Metrics.class);
  }

  @Provides
  @Singleton
  GitSettings settings(Setup setup, Redactor redactor, Metrics metrics) {
    GitSettings settings =
        settings(setup.configuration().git(), setup.environment())
            .withLargestTree(setup.configuration().sandbox().limits().tree());
    if (!isOnThisMachine()) {
      settings = settings.withReuse(reuse(setup.configuration()));
    }
    GitAccess access = settings.access().withRedactor(redactor).withMetrics(metrics);
    return settings.withAccess(
        named.map(url -> access.withAllowed(access.allowed().and(url))).orElse(access));
  }

  /** The objects of such a repository are read where they are, so there is nothing to keep. */
  private boolean isOnThisMachine() {
    return named.filter(url -> url.transport() == RepositoryUrl.Transport.LOCAL).isPresent();
  }

  @Provides
  @Singleton
  JGitRepository jgit(GitSettings settings, Clock clock) {
    return new JGitRepository(settings, clock);
  }

  @Provides
  Repository repository(JGitRepository repository) {
    return repository;
  }

  private static CacheSettings reuse(Configuration configuration) {
    return new CacheSettings(
        configuration.avatar().workspace(),
        configuration.workspace().keepCaches(),
        configuration.workspace().maxSize());
  }

  static GitSettings settings(GitSection git, Map<String, String> environment) {
    return GitSettings.of(new GitIdentity(git.username(), git.email()))
        .withCredentials(credentials(git, environment))
        .withTimeout(git.timeout())
        .withDepth(git.depth())
        .withParallelIndex(git.parallelIndex())
        .withFeatures(features(git))
        .withAccess(
            GitAccess.open()
                .withAllowed(AllowedUrls.of(git.allowedUrls()))
                .withNetwork(network(git))
                .withNetworks(
                    ReachableNetworks.ANY.withAllowed(AllowedNetworks.of(git.allowedNetworks()))));
  }

  static GitCredentials credentials(GitSection git, Map<String, String> environment) {
    return new GitCredentials(
        git.credentials().stream().map(one -> credential(one, environment)).toList());
  }

  private static GitFeatures features(GitSection git) {
    return new GitFeatures(
        git.signingKey().map(file -> signingKey(file, git)),
        git.lfs(),
        git.submodules(),
        SparseCone.of(git.sparse()));
  }

  private static SigningKey signingKey(Path file, GitSection git) {
    return new SigningKey(
        file,
        git.signingFormat().map(word -> SigningKey.Format.valueOf(word.toUpperCase(Locale.ROOT))),
        git.passphraseOfSigningKey());
  }

  /** How this machine reaches hosts of Git and of packages. */
  static HttpNetwork network(GitSection git) {
    HttpNetwork direct =
        git.caFile()
            .map(file -> HttpNetwork.DIRECT.withAuthorities(authorities(file)))
            .orElse(HttpNetwork.DIRECT);
    return git.proxy().map(proxy -> behind(proxy, git, direct)).orElse(direct);
  }

  private static HttpNetwork behind(URI proxy, GitSection git, HttpNetwork direct) {
    HttpNetwork network =
        direct.withProxy(
            InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()), git.noProxy());
    Optional<Secret> password = git.passwordOfProxy();
    if (git.proxyUsername().isEmpty() || password.isEmpty()) {
      return network;
    }
    if (System.getProperty(ProxyLogin.NOT_FOR_TUNNELS)
        == null) { // otherwise the operator has set it
      System.setProperty(ProxyLogin.NOT_FOR_TUNNELS, "");
    }
    return network.withLogin(new ProxyLogin(git.proxyUsername().get(), password.get()));
  }

  private static CertificateAuthorities authorities(Path file) {
    try {
      return CertificateAuthorities.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the certificates in " + file, e);
    }
  }

  private static HostCredential credential(Credential credential, Map<String, String> environment) {
    Optional<Path> agent =
        Optional.ofNullable(environment.get("SSH_AUTH_SOCK"))
            .filter(socket -> credential.sshAgent())
            .map(Path::of);
    return new HostCredential(
        credential.address(),
        credential.service(),
        credential.username(),
        credential.tokenSource(),
        new SshAccess(
            credential.sshKey(), credential.passphraseOfSshKey(), agent, credential.knownHosts()),
        credential.allowInsecureHttp());
  }
}
