package io.numa.avatar.egress.registry.serving;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.egress.LocalServers;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.egress.registry.client.ClientSettings;
import io.numa.avatar.http.HttpClients;
import io.numa.avatar.time.Lazily;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The registries of this machine, served to sandboxes. Each listens on a UNIX socket of its own.
 * Safe for use by several threads.
 */
public final class ServedRegistries implements LocalServers, AutoCloseable {
  private static final int MOST_CONNECTIONS = 1000;

  /** Each is held in memory, so that hostile ones could take all of it. */
  private static final int MOST_BODIES = 8;

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final ClientSettings settings;
  private final Dispatcher dispatcher = new Dispatcher();
  private final ConnectionPool connections = new ConnectionPool();

  /** The certificates take long to read and much memory, and most commands fetch nothing. */
  private final Lazily<OkHttpClient> http;

  private final ExecutorService threads;
  private final ScheduledExecutorService timer = Timers.daemon("avatar-registries-timer");
  private final List<RegistryServer> servers = new ArrayList<>();
  private final List<SocketAddress> addresses = new ArrayList<>();
  private volatile @Nullable HomeFiles lastFiles;

  /** The settings files of clients for some ports. Nearly all sandboxes have the same ones. */
  private record HomeFiles(List<Integer> ports, Map<Path, String> files) {}

  private ServedRegistries(RegistrySetup setup, UnaryOperator<OkHttpClient.Builder> network) {
    this.settings = new ClientSettings(setup);
    this.http = new Lazily<>(() -> network.apply(client()).build());
    this.threads = threads(setup.registries().size() + MOST_CONNECTIONS);
  }

  /**
   * Begins to serve.
   *
   * @param folder an existing folder that lets only the avatar's user in, with a short path; the
   *     sockets are made in it
   * @param network sets proxies and certificates for fetching
   * @throws IOException if a socket cannot be made
   */
  public static ServedRegistries start(
      RegistrySetup setup, Path folder, UnaryOperator<OkHttpClient.Builder> network)
      throws IOException {
    var served = new ServedRegistries(setup, network);
    try {
      served.listen(setup, folder);
      return served;
    } catch (IOException | RuntimeException e) {
      served.close();
      throw e;
    }
  }

  /** Repeats a request where a kept connection turns out to be dead: all that passes only reads. */
  private OkHttpClient.Builder client() {
    return HttpClients.builder()
        .dispatcher(dispatcher)
        .connectionPool(connections)
        .followRedirects(false)
        .followSslRedirects(false)
        .connectTimeout(CONNECT)
        .readTimeout(SILENCE)
        .writeTimeout(SILENCE);
  }

  private void listen(RegistrySetup setup, Path folder) throws IOException {
    var sums = SumDatabase.of(setup.go());
    var bodies = new Semaphore(MOST_BODIES);
    for (var sources : Sources.of(setup.registries(), http)) {
      Path socket = folder.resolve("registry-" + addresses.size() + ".sock");
      var handler = new RegistryHandler(sources, sums, bodies);
      servers.add(RegistryServer.start(socket, handler, threads, timer));
      addresses.add(UnixDomainSocketAddress.of(socket));
    }
  }

  private static ExecutorService threads(int most) {
    var numbers = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        most,
        10,
        SECONDS,
        new SynchronousQueue<>(),
        task -> {
          var thread = new Thread(task, "avatar-registries-" + numbers.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public List<SocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  @Override
  public Map<String, String> environment(List<Integer> ports) {
    return Map.of();
  }

  @Override
  public Map<Path, String> homeFiles(List<Integer> ports) {
    HomeFiles last = lastFiles;
    if (last == null || !last.ports().equals(ports)) {
      last = new HomeFiles(List.copyOf(ports), Map.copyOf(settings.files(ports)));
      lastFiles = last;
    }
    return last.files();
  }

  /** Ends all connections and exchanges. */
  @Override
  public void close() {
    servers.forEach(RegistryServer::close);
    dispatcher.cancelAll();
    connections.evictAll();
    threads.shutdown();
    timer.shutdownNow();
  }
}
