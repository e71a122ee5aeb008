package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.ProcessSettings;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import java.util.Set;
import java.util.stream.Collectors;

/** Binds {@link CommandRunner} and {@link Processes} to processes on this machine. */
final class ProcessModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(Setup.class);
    requireBinding(LocalSandboxes.class);
  }

  @Provides
  @Singleton
  LocalCommandRunner processes(Setup setup, LocalSandboxes sandboxes) {
    return new LocalCommandRunner(settings(setup), sandboxes);
  }

  static ProcessSettings settings(Setup setup) {
    Configuration configuration = setup.configuration();
    return ProcessSettings.defaults(setup.environment())
        .withPassed(Set.copyOf(configuration.execution().environment()))
        .withSecrets(
            configuration.secrets().stream()
                .map(Secret::reveal)
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Provides
  Processes longLived(LocalCommandRunner processes) {
    return processes.processes();
  }

  @Provides
  CommandRunner commands(LocalCommandRunner processes) {
    return processes;
  }
}
