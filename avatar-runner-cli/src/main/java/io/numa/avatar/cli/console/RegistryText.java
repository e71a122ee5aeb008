package io.numa.avatar.cli.console;

import io.numa.avatar.egress.registry.Registry;

/** Describes package registries, without their logins. */
public final class RegistryText {
  private RegistryText() {}

  /**
   * Such as {@code registry npm https://npm.example.com/ (from /home/me/.npmrc:3, with a login)}.
   */
  public static String of(Registry registry) {
    return "registry "
        + registry.kind().word()
        + " "
        + registry.url()
        + " ("
        + (registry.origin().equals(Registry.DEFAULT)
            ? "the client's default"
            : "from " + registry.origin())
        + (registry.login().isPresent() ? ", with a login" : "")
        + ")";
  }
}
