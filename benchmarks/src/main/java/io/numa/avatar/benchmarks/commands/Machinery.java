package io.numa.avatar.benchmarks.commands;

import io.numa.avatar.egress.SocketEgress;
import io.numa.avatar.egress.registry.discovery.Discovery;
import io.numa.avatar.egress.registry.discovery.Machine;
import io.numa.avatar.egress.registry.serving.ServedRegistries;
import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.ProcessSettings;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.settings.SandboxFolders;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What runs commands at one level, as an avatar has it: with the way out, and with the registries
 * that this machine is set up for. The caller must close it.
 */
public final class Machinery implements AutoCloseable {
  private final Path sockets;
  private final ServedRegistries registries;
  private final SocketEgress egress;
  private final LocalSandboxes sandboxes;
  private final LocalCommandRunner commands;

  /**
   * @param folder an existing folder for the sandboxes' state
   */
  public Machinery(SandboxProfile profile, Path folder) throws IOException {
    Path home = Path.of(System.getProperty("user.home"));
    this.sockets = Files.createTempDirectory("numa-"); // paths of sockets must be short
    this.registries =
        ServedRegistries.start(
            Discovery.of(new Machine(Path.of("/"), home, System.getenv())),
            sockets,
            UnaryOperator.identity());
    this.egress = new SocketEgress(sockets, registries, HostLookup.SYSTEM);
    var folders = new SandboxFolders(folder.resolve("sandboxes"), home, Set.of());
    this.sandboxes =
        new LocalSandboxes(
            SandboxSettings.defaults(folders).withProfile(profile), Optional.of(egress));
    this.commands = new LocalCommandRunner(ProcessSettings.defaults(System.getenv()), sandboxes);
  }

  public LocalSandboxes sandboxes() {
    return sandboxes;
  }

  public LocalCommandRunner commands() {
    return commands;
  }

  @Override
  public void close() throws IOException {
    egress.close();
    registries.close();
    Files.deleteIfExists(sockets.resolve("ways"));
    Files.deleteIfExists(sockets);
  }
}
