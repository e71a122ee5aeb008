package io.numa.avatar.cli.wiring;

import io.numa.avatar.cli.config.SandboxSection;
import io.numa.avatar.egress.SocketEgress;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryChoice;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.egress.registry.discovery.Discovery;
import io.numa.avatar.egress.registry.discovery.Machine;
import io.numa.avatar.egress.registry.serving.ServedRegistries;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of sandboxes to the network: the registries of this machine, and what is allowed. */
public final class WayOut implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WayOut.class);

  private final RegistrySetup setup;
  private final SocketsFolder folder;
  private final ServedRegistries registries;
  private final SocketEgress egress;

  private WayOut(RegistrySetup setup, SocketsFolder folder, HttpNetwork network)
      throws IOException {
    this.setup = setup;
    this.folder = folder;
    this.registries = ServedRegistries.start(setup, folder.path(), network::setUp);
    this.egress = new SocketEgress(folder.path(), registries, HostLookup.SYSTEM);
  }

  /**
   * Begins to serve the registries.
   *
   * @param environment of the operator, whose package clients tell of the registries
   */
  static WayOut open(Setup setup, Map<String, String> environment) {
    RegistrySetup registries = registries(setup, environment);
    hide(registries, setup.redactor());
    registries.notes().stream()
        .distinct()
        .forEach(note -> log.info("Registries of packages: {}", note));
    try {
      return new WayOut(
          registries,
          SocketsFolder.in(Path.of(System.getProperty("java.io.tmpdir"))),
          GitModule.network(setup.configuration().git()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "could not make the sockets of sandboxes in a temporary folder: " + e.getMessage(), e);
    }
  }

  /** The registries that the configuration names, or that this machine is set up for. */
  private static RegistrySetup registries(Setup setup, Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    var machine = new Machine(Path.of("/"), home.toAbsolutePath(), environment);
    return setup
        .configuration()
        .sandbox()
        .namedRegistries()
        .map(named -> Discovery.of(named.stream().map(WayOut::choice).toList(), machine))
        .orElseGet(() -> Discovery.of(machine));
  }

  private static RegistryChoice choice(SandboxSection.Registry registry) {
    return new RegistryChoice(
        RegistryKind.of(registry.kind()).orElseThrow(),
        registry.url().orElseThrow(),
        registry.username(),
        registry.secret());
  }

  private static void hide(RegistrySetup registries, Redactor redactor) {
    registries.registries().stream()
        .map(Registry::login)
        .flatMap(login -> login.stream())
        .flatMap(login -> Stream.of(login.secret(), login.value()))
        .forEach(redactor::add);
  }

  Egress egress() {
    return egress;
  }

  RegistrySetup registries() {
    return setup;
  }

  @Override
  public void close() {
    egress.close();
    registries.close();
    folder.close();
  }
}
