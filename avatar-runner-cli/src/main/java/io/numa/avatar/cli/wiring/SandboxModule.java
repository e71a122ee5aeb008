package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.SandboxSection;
import io.numa.avatar.git.settings.AllowedUrls;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.settings.RepositoryRule;
import io.numa.avatar.process.sandbox.settings.SandboxFolders;
import io.numa.avatar.process.sandbox.settings.SandboxLimits;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds {@link Sandboxes} to those of this machine, as the configuration wants them. */
final class SandboxModule extends AbstractModule {
  private final Path state;

  /**
   * @param state where the sandboxes keep what is theirs
   */
  SandboxModule(Path state) {
    this.state = state;
  }

  /** Sandboxes that keep what is theirs in the avatar's workspace. */
  static SandboxModule of(Setup setup) {
    return new SandboxModule(state(setup));
  }

  /** On the disk of the working trees, and as disposable as they are. */
  static Path state(Setup setup) {
    return setup.configuration().avatar().workspace().resolve("sandboxes");
  }

  @Override
  protected void configure() {
    requireBinding(Setup.class);
    requireBinding(Configuration.class);
    requireBinding(Metrics.class);
  }

  @Provides
  @Singleton
  WayOut wayOut(Setup setup) {
    return new WayOut(setup, setup.environment());
  }

  @Provides
  @Singleton
  LocalSandboxes local(Setup setup, WayOut wayOut, Metrics metrics) {
    return new LocalSandboxes(settings(setup, state).withMetrics(metrics), Optional.of(wayOut));
  }

  @Provides
  Sandboxes sandboxes(LocalSandboxes local) {
    return local;
  }

  static SandboxSettings settings(Setup setup, Path state) {
    SandboxSection sandbox = setup.configuration().sandbox();
    SandboxSection.Limits limits = sandbox.limits();
    return SandboxSettings.defaults(folders(setup, sandbox, state))
        .withProfiles(sandbox.profile().byKind())
        .withMinimums(sandbox.minimum().byKind())
        .withAllow(sandbox.allow())
        .withLimits(
            new SandboxLimits(
                limits.processes(),
                limits.memory().orElseGet(MachineMemory::usualLimit),
                limits.tmp(),
                limits.tree(),
                limits.file(),
                limits.homes()))
        .withRepositories(sandbox.repositories().stream().map(SandboxModule::rule).toList());
  }

  private static SandboxFolders folders(Setup setup, SandboxSection sandbox, Path state) {
    Configuration.Avatar avatar = setup.configuration().avatar();
    Set<Path> hidden = new HashSet<>(setup.files());
    hidden.addAll(List.of(avatar.workspace(), avatar.stateDir(), avatar.logDir()));
    setup.configuration().logs().file().ifPresent(hidden::add);
    return new SandboxFolders(state, setup.home(), hidden)
        .withTools(sandbox.tools())
        .withCaches(sandbox.caches());
  }

  private static RepositoryRule rule(SandboxSection.RepositoryRule rule) {
    AllowedUrls urls = AllowedUrls.of(List.of(rule.url()));
    return new RepositoryRule(urls::allows, rule.profile(), rule.allow());
  }
}
