package io.numa.avatar.cli.wiring;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import java.util.Optional;

/**
 * The sandboxes of an avatar, and what runs commands in them, without the rest of the avatar.
 *
 * @param sandboxes hold the commands
 */
public record SandboxParts(LocalSandboxes sandboxes, CommandRunner commands) {
  /** Assembles them as an avatar does. */
  public static SandboxParts of(Setup setup) {
    var sandboxes =
        new LocalSandboxes(
            SandboxModule.settings(setup, SandboxModule.state(setup)), Optional.empty());
    return new SandboxParts(
        sandboxes, new LocalCommandRunner(ProcessModule.settings(setup), sandboxes));
  }
}
