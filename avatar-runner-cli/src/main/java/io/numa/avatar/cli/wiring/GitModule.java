package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.git.GitCredentials;
import io.numa.avatar.git.GitFeatures;
import io.numa.avatar.git.GitIdentity;
import io.numa.avatar.git.GitSettings;
import io.numa.avatar.git.HostCredential;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.Reuse;
import io.numa.avatar.git.SigningKey;
import io.numa.avatar.git.SparseCone;
import io.numa.avatar.port.Repository;
import java.time.Clock;
import java.util.Optional;

/** Binds {@link Repository} to JGit. */
final class GitModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(Configuration.class);
    requireBinding(Clock.class);
  }

  @Provides
  @Singleton
  JGitRepository jgit(Configuration configuration, Clock clock) {
    return new JGitRepository(settings(configuration.git()).withReuse(reuse(configuration)), clock);
  }

  @Provides
  Repository repository(JGitRepository repository) {
    return repository;
  }

  private static Reuse reuse(Configuration configuration) {
    return new Reuse(
        configuration.avatar().workspace(),
        configuration.workspace().keepCaches(),
        configuration.workspace().maxSize());
  }

  static GitSettings settings(Configuration.Git git) {
    return new GitSettings(
        new GitIdentity(git.username(), git.email()),
        new GitCredentials(git.credentials().stream().map(GitModule::credential).toList()),
        git.timeout(),
        Optional.empty(),
        Optional.empty(),
        git.depth(),
        features(git.features()));
  }

  private static GitFeatures features(Configuration.GitFeatures features) {
    return new GitFeatures(
        features.signingKey().map(GitModule::signingKey),
        features.lfs(),
        features.submodules(),
        SparseCone.of(features.sparse()));
  }

  private static SigningKey signingKey(Configuration.SigningKey key) {
    return new SigningKey(
        key.file(), key.format().map(SigningKey.Format::valueOf), key.passphrase());
  }

  private static HostCredential credential(Configuration.Credential credential) {
    String host =
        credential.port().isPresent()
            ? credential.host() + ":" + credential.port().getAsInt()
            : credential.host();
    return new HostCredential(
        host,
        credential.username(),
        credential.secret(),
        credential.sshKey(),
        credential.passphrase(),
        credential.knownHosts(),
        credential.allowInsecureHttp());
  }
}
