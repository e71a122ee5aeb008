package io.numa.avatar.cli.wiring;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The values that an avatar is assembled from.
 *
 * @param environment the process's own
 * @param maxTasks the number of tasks after which the worker stops; empty for no limit
 * @param redactor also receives the secrets that the avatar learns while it works
 * @param files the files that the configuration was read from, with those of its secrets; absolute
 */
public record Setup(
    Configuration configuration,
    RunListener listener,
    Delivery delivery,
    OptionalInt maxTasks,
    Map<String, String> environment,
    Redactor redactor,
    Set<Path> files) {
  public Setup {
    environment = Map.copyOf(environment);
    files = Set.copyOf(files);
  }

  /** A setup with a new redactor, whose configuration is in no file. */
  public Setup(
      Configuration configuration,
      RunListener listener,
      Delivery delivery,
      OptionalInt maxTasks,
      Map<String, String> environment) {
    this(
        configuration,
        listener,
        delivery,
        maxTasks,
        environment,
        Redactor.of(configuration.secrets()),
        Set.of());
  }

  /** The HOME of the operator. */
  Path home() {
    return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")))
        .toAbsolutePath();
  }

  /** Leaves out the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "Setup[" + configuration + ", " + delivery + ", " + maxTasks + "]";
  }
}
