package io.numa.avatar.cli.wiring;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The values that an avatar is assembled from.
 *
 * @param environment the process's own
 * @param maxTasks the number of tasks after which the worker stops; empty for no limit
 * @param redactor also receives the secrets that the avatar learns while it works
 */
public record Setup(
    Configuration configuration,
    RunListener listener,
    Delivery delivery,
    OptionalInt maxTasks,
    Map<String, String> environment,
    Redactor redactor) {
  public Setup {
    environment = Map.copyOf(environment);
  }

  /** A setup with a new redactor. */
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
        Redactor.of(configuration.secrets()));
  }

  /** Leaves out the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "Setup[" + configuration + ", " + delivery + ", " + maxTasks + "]";
  }
}
