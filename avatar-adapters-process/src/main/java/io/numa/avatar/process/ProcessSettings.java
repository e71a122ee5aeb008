package io.numa.avatar.process;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The settings for all commands.
 *
 * @param environment the avatar's environment; commands get only the allowed variables
 * @param passed the names of variables that commands get in addition to the usual ones; a name that
 *     ends in {@code *} stands for all names with that beginning
 * @param secrets values that no command may get: a variable that holds one of them is not passed
 * @param grace the time between SIGTERM and SIGKILL
 * @param strongest the highest level of process control to use; if the system does not allow it, a
 *     lower one is used
 */
public record ProcessSettings(
    Map<String, String> environment,
    Set<String> passed,
    Set<String> secrets,
    Duration grace,
    ProcessControl strongest) {

  public ProcessSettings {
    environment = Map.copyOf(environment);
    passed = Set.copyOf(passed);
    secrets = Set.copyOf(secrets);
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative: " + grace);
    }
  }

  /**
   * Settings that pass the usual variables of {@code environment}, give processes five seconds to
   * end, and use the strongest process control that the system allows.
   */
  public static ProcessSettings defaults(Map<String, String> environment) {
    return new ProcessSettings(
        environment, Set.of(), Set.of(), Duration.ofSeconds(5), ProcessControl.PID_NAMESPACE);
  }

  public ProcessSettings withPassed(Set<String> newPassed) {
    return new ProcessSettings(environment, newPassed, secrets, grace, strongest);
  }

  public ProcessSettings withSecrets(Set<String> newSecrets) {
    return new ProcessSettings(environment, passed, newSecrets, grace, strongest);
  }

  public ProcessSettings withGrace(Duration newGrace) {
    return new ProcessSettings(environment, passed, secrets, newGrace, strongest);
  }

  public ProcessSettings withStrongest(ProcessControl newStrongest) {
    return new ProcessSettings(environment, passed, secrets, grace, newStrongest);
  }

  /** Leaves out the environment and the secrets. */
  @Override
  public String toString() {
    return "ProcessSettings[environment=***, passed="
        + passed
        + ", secrets=***, grace="
        + grace
        + ", strongest="
        + strongest
        + "]";
  }
}
