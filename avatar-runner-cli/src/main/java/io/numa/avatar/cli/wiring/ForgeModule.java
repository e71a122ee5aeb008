package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Credential;
import io.numa.avatar.cli.config.GitSection;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.forge.ForgeHost;
import io.numa.avatar.git.forge.ForgeSettings;
import io.numa.avatar.git.forge.GerritChangeRequests;
import io.numa.avatar.git.forge.HttpChangeRequests;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostTokens;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.run.RunSettings;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Binds {@link ChangeRequests} to the hosting services that the configuration has credentials for.
 */
final class ForgeModule extends AbstractModule {
  private static final int HTTPS = 443;

  @Override
  protected void configure() {
    requireBinding(Configuration.class);
    requireBinding(Clock.class);
    requireBinding(JGitRepository.class);
  }

  @Provides
  @Singleton
  ReplaceableServices services(
      Configuration configuration, GitSettings settings, Clock clock, JGitRepository repositories) {
    return new ReplaceableServices(
        services(configuration.git().credentials(), settings, clock, repositories));
  }

  @Provides
  ChangeRequests changeRequests(ReplaceableServices services) {
    return services;
  }

  /**
   * @param settings with the same credentials
   */
  static ReplaceableServices.Services services(
      List<Credential> credentials,
      GitSettings settings,
      Clock clock,
      JGitRepository repositories) {
    var tokens = new HostTokens(settings);
    var http =
        new HttpChangeRequests(
            ForgeSettings.of(
                    credentials.stream()
                        .filter(
                            one -> one.tokenOfApi().isPresent() || one.tokenSource().isPresent())
                        .map(credential -> host(credential, () -> token(credential, tokens)))
                        .toList(),
                    settings.access().network())
                .withRedactor(settings.access().redactor())
                .withNetworks(settings.access().networks()),
            clock);
    // A Gerrit with SSH keys needs no token, so this includes all hosts that have a credential.
    var hosts = credentials.stream().map(credential -> host(credential, Optional::empty)).toList();
    ForgeSettings all = ForgeSettings.of(hosts, settings.access().network());
    return new ReplaceableServices.Services(new GerritChangeRequests(repositories, all), http);
  }

  @Provides
  static RunSettings.Proposals proposals(Configuration configuration) {
    GitSection git = configuration.git();
    return new RunSettings.Proposals(
        RunSettings.Proposals.Mode.valueOf(git.changeRequest().toUpperCase(Locale.ROOT)),
        git.changeRequestLabels(),
        git.changeRequestReviewers());
  }

  private static ForgeHost host(Credential credential, Supplier<Optional<Secret>> token) {
    return new ForgeHost(
        credential.address(),
        credential.service().orElseGet(() -> HostingService.guess(credential.hostName())),
        credential.apiUrl(),
        credential.username(),
        token,
        credential.allowInsecureHttp());
  }

  /** The token for the API; otherwise the one for Git, read again for each use. */
  private static Optional<Secret> token(Credential credential, HostTokens tokens) {
    return credential
        .tokenOfApi()
        .or(() -> tokens.read(new Destination("https", credential.hostName(), port(credential))));
  }

  private static int port(Credential credential) {
    String port = credential.address().substring(credential.hostName().length());
    return port.isEmpty() || port.equals(":*") ? HTTPS : Integer.parseInt(port.substring(1));
  }
}
