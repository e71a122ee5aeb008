package io.numa.avatar.cli.wiring;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;

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
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.time.Lazily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of sandboxes to the network: the registries of this machine, and what is allowed. It
 * looks for the registries, and serves them, when they are asked for first. Safe for use by several
 * threads.
 */
public final class WayOut implements Egress, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WayOut.class);

  private final Setup setup;
  private final Lazily<RegistrySetup> registries;
  private Optional<Servers> servers = Optional.empty();
  private boolean closed;

  /**
   * @param environment of the operator, whose package clients tell of the registries
   */
  WayOut(Setup setup, Map<String, String> environment) {
    this.setup = setup;
    this.registries = new Lazily<>(() -> find(setup, environment));
  }

  /** Finds the registries; their secrets are hidden from then on. */
  private static RegistrySetup find(Setup setup, Map<String, String> environment) {
    RegistrySetup found = registries(setup, environment);
    hide(found, setup.redactor());
    found.notes().forEach(note -> log.info("Registries of packages: {}", note));
    return found;
  }

  /** What serves all sandboxes. */
  private record Servers(SocketsFolder folder, ServedRegistries registries, SocketEgress egress) {
    static Servers start(RegistrySetup setup, SocketsFolder folder, HttpNetwork network)
        throws IOException {
      var registries = ServedRegistries.start(setup, folder.path(), network::setUp);
      try {
        return new Servers(
            folder, registries, new SocketEgress(folder.path(), registries, HostLookup.SYSTEM));
      } catch (RuntimeException e) {
        registries.close();
        throw e;
      }
    }

    void close() {
      egress.close();
      registries.close();
      folder.close();
    }
  }

  private synchronized Servers servers() {
    if (closed) {
      throw new PortException(UNAVAILABLE, "the avatar ends, so it opens no way for sandboxes");
    }
    if (servers.isEmpty()) {
      servers = Optional.of(serve(registries.get()));
    }
    return servers.get();
  }

  private Servers serve(RegistrySetup found) {
    try {
      var folder = SocketsFolder.in(Path.of(System.getProperty("java.io.tmpdir")));
      try {
        return Servers.start(found, folder, GitModule.network(setup.configuration().git()));
      } catch (IOException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PortException(
          UNAVAILABLE,
          "could not make the sockets of sandboxes in a temporary folder: " + e.getMessage(),
          e);
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

  @Override
  public EgressWay open(EgressRequest request) {
    return servers().egress().open(request);
  }

  @Override
  public void prepare() {
    registries.get();
  }

  /** The registries that sandboxes fetch from, and what could not be used. */
  RegistrySetup registries() {
    return registries.get();
  }

  @Override
  public synchronized void close() {
    closed = true;
    servers.ifPresent(Servers::close);
    servers = Optional.empty();
  }
}
