package io.numa.avatar.cli.command;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.ConfigurationException;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.LiveKeys;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.operation.Reloading;
import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration anew, and has a running avatar use what holds without a restart. A
 * configuration with errors changes nothing. Safe for use by several threads.
 */
final class Reload implements Reloading {
  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  /** Shorter secrets are in many values by chance. */
  private static final int SHORTEST_PART = 8;

  private final Avatar avatar;
  private final Collection<String> environment;
  private final Supplier<EffectiveConfiguration> source;
  private final EffectiveConfiguration atStart;
  private EffectiveConfiguration current;

  /**
   * @param environment the values of the process's variables
   * @param source reads the configuration, or throws a {@link ConfigurationException}
   * @param atStart the configuration that the avatar was assembled from
   */
  Reload(
      Avatar avatar,
      Collection<String> environment,
      Supplier<EffectiveConfiguration> source,
      EffectiveConfiguration atStart) {
    this.avatar = avatar;
    this.environment = environment;
    this.source = source;
    this.atStart = atStart;
    this.current = atStart;
  }

  /** How long running tasks may go on after the first signal, as was read last. */
  synchronized Duration drain() {
    return current.configuration().shutdown().drain();
  }

  @Override
  public synchronized Result reload() {
    try {
      EffectiveConfiguration read = source.get();
      Optional<String> obstacle = obstacle(read);
      return obstacle.isPresent()
          ? refused("The configuration stays as it was: " + obstacle.get())
          : use(read);
    } catch (ConfigurationException e) {
      return refused("The configuration has errors and stays as it was: " + e.getMessage());
    } catch (RuntimeException e) {
      log.error("The configuration could not be read again and stays as it was", e);
      return Result.refused("The configuration could not be read again; the avatar's log says why");
    }
  }

  private static Result refused(String problem) {
    log.error("{}", problem);
    return Result.refused(problem);
  }

  private Result use(EffectiveConfiguration read) {
    List<String> live = current.changes(read).stream().filter(LiveKeys::isLive).toList();
    List<String> restart =
        atStart.changes(read).stream().filter(key -> !LiveKeys.isLive(key)).toList();
    avatar.use(read.configuration(), live);
    current = read;
    log.info(
        "The configuration was read again. {}",
        live.isEmpty()
            ? "Nothing changes"
            : "From the next task on, it changes " + String.join(", ", live));
    if (!restart.isEmpty()) {
      log.warn("Only a restart changes {}", String.join(", ", restart));
    }
    return new Result(live, restart, Optional.empty());
  }

  /** What sandboxes and commands could see, as what is kept from them was found at the start. */
  private Optional<String> obstacle(EffectiveConfiguration read) {
    Set<Path> files = new HashSet<>(read.files());
    files.removeAll(atStart.files());
    if (!files.isEmpty()) {
      return Optional.of(
          "only a restart hides the files from sandboxes that it names for the first time: "
              + files);
    }
    return inEnvironment(read.configuration())
        ? Optional.of(
            "only a restart keeps a variable from commands that is a secret for the first time")
        : Optional.empty();
  }

  private boolean inEnvironment(Configuration configuration) {
    Set<Secret> secrets = new HashSet<>(configuration.secrets());
    secrets.removeAll(Set.copyOf(atStart.configuration().secrets()));
    return secrets.stream()
        .map(Secret::reveal)
        .anyMatch(secret -> environment.stream().anyMatch(value -> holds(value, secret)));
  }

  private static boolean holds(String value, String secret) {
    return value.equals(secret) || (secret.length() >= SHORTEST_PART && value.contains(secret));
  }
}
