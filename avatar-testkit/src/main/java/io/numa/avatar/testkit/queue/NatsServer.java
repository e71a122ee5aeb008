package io.numa.avatar.testkit.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real {@code nats-server} with JetStream on loopback, which can be stopped, killed and started
 * again with the same port and store. Not safe for use by several threads.
 */
public final class NatsServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int MAX_TRIES = 3;

  private static final List<String> FOLDERS = List.of("/usr/local/bin", "/usr/sbin", "/usr/bin");

  private final Path program;
  private final Path folder;
  private final List<String> arguments;
  private final int port;
  private Optional<Process> process = Optional.empty();

  private NatsServer(Path program, Path folder, List<String> arguments, int port) {
    this.program = program;
    this.folder = folder;
    this.arguments = arguments;
    this.port = port;
  }

  /** The program of this machine; empty if it is not installed. */
  public static Optional<Path> program() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":", -1)), FOLDERS.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "nats-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a server on a free port.
   *
   * @param folder for its store and log; the caller removes it
   * @param arguments further ones of the program
   * @throws IOException if the program is not installed or does not start
   */
  public static NatsServer start(Path folder, String... arguments) throws IOException {
    Path program = program().orElseThrow(() -> new IOException("this machine has no nats-server"));
    for (int tries = 1; ; tries++) {
      var server = new NatsServer(program, folder, List.of(arguments), freePort());
      try {
        server.start();
        return server;
      } catch (IOException e) {
        // Another process may have taken the port meanwhile.
        if (tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  /** Not one of those that the system gives to connections: the server needs it again. */
  private static int freePort() throws IOException {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no port is free");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts the server again, with what it had stored. */
  public void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), "-a", "127.0.0.1", "-p", String.valueOf(port)));
    command.addAll(List.of("-js", "-sd", folder.resolve("store").toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process started = builder.start();
    process = Optional.of(started);
    awaitReady(started);
  }

  private Path log() {
    return folder.resolve("nats-server.log");
  }

  /** The server accepts connections once JetStream has read its store. */
  private void awaitReady(Process started) throws IOException {
    long tries = PATIENCE.toMillis() / 10;
    while (!accepts()) {
      tries--;
      if (tries == 0 || hasEnded(started)) {
        kill();
        throw new IOException("nats-server did not start:\n" + Files.readString(log(), UTF_8));
      }
    }
  }

  /** Waits for 10 ms. */
  private static boolean hasEnded(Process started) throws IOException {
    try {
      return started.waitFor(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while nats-server started", e);
    }
  }

  private boolean accepts() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return socket.getInputStream().read() == 'I';
    } catch (IOException e) {
      return false;
    }
  }

  public URI url() {
    return URI.create("nats://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  /** The process id of the running server. */
  public long pid() {
    return process.orElseThrow().pid();
  }

  /** Ends the server as an operator does: it writes what it knows. */
  public void stop() {
    end(Process::destroy);
  }

  /** Ends the server at once, as a crash does. */
  public void kill() {
    end(Process::destroyForcibly);
  }

  private interface Ending {
    void of(Process process);
  }

  private void end(Ending ending) {
    process.ifPresent(
        running -> {
          ending.of(running);
          try {
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
              running.destroyForcibly();
            }
          } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
          }
        });
    process = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }
}
