package io.numa.avatar.cli.wiring;

import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import java.util.Map;
import java.util.Optional;

/**
 * The sandboxes of an avatar, and what runs commands in them, without the rest of the avatar.
 *
 * @param sandboxes hold the commands
 */
public record SandboxParts(LocalSandboxes sandboxes, CommandRunner commands, WayOut wayOut)
    implements AutoCloseable {
  /**
   * Assembles them as an avatar does.
   *
   * @param environment of the operator, whose package clients tell of the registries
   */
  public static SandboxParts of(Setup setup, Map<String, String> environment) {
    var wayOut = new WayOut(setup, environment);
    var sandboxes =
        new LocalSandboxes(
            SandboxModule.settings(setup, SandboxModule.state(setup)), Optional.of(wayOut));
    return new SandboxParts(
        sandboxes, new LocalCommandRunner(ProcessModule.settings(setup), sandboxes), wayOut);
  }

  /** The registries that sandboxes fetch from, and what could not be used. */
  public RegistrySetup registries() {
    return wayOut.registries();
  }

  @Override
  public void close() {
    wayOut.close();
  }
}
