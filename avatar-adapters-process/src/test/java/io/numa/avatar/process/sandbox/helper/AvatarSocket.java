package io.numa.avatar.process.sandbox.helper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** The avatar's end of connections: a server at a UNIX socket. */
final class AvatarSocket implements AutoCloseable {
  /** What is done with a connection after its first line. */
  interface Behaviour {
    void serve(SocketChannel connection) throws IOException;
  }

  private final Path path;
  private final ServerSocketChannel server;
  private final ExecutorService threads = Executors.newFixedThreadPool(320);
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

  AvatarSocket(Path path) throws IOException {
    this.path = path;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Lab.open(path);
    threads.execute(this::accept);
  }

  String path() {
    return path.toString();
  }

  /** The first lines of the connections, as they came. */
  BlockingQueue<String> lines() {
    return lines;
  }

  /** Sets what is done with connections to a host; the others get back what they send. */
  void on(String host, Behaviour behaviour) {
    behaviours.put(host, behaviour);
  }

  /** Forgets lines and behaviours. */
  void forget() {
    lines.clear();
    behaviours.clear();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        threads.execute(() -> serve(connection));
      }
    } catch (ClosedChannelException e) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      String line = firstLine(connection);
      lines.add(line);
      behaviours.getOrDefault(line.split(" ", -1)[1], AvatarSocket::echo).serve(connection);
    } catch (IOException e) {
      // The helper has closed the connection.
    }
  }

  static String firstLine(SocketChannel connection) throws IOException {
    var line = new ByteArrayOutputStream();
    var one = ByteBuffer.allocate(1);
    while (connection.read(one) == 1 && one.get(0) != '\n') {
      line.write(one.get(0));
      one.clear();
    }
    return line.toString(US_ASCII);
  }

  static void echo(SocketChannel connection) throws IOException {
    var bytes = ByteBuffer.allocate(1 << 16);
    while (connection.read(bytes) >= 0) {
      write(connection, bytes.flip());
      bytes.clear();
    }
  }

  static void write(SocketChannel connection, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
    Files.deleteIfExists(path);
  }
}
