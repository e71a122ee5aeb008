package io.numa.avatar.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressPorts;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each connection with the line that asks for it, and closes it; refuses {@code note}s. */
public final class EchoingEgress implements Egress {
  public static final int LOCAL_PORT = 8765;

  private final Path folder;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final Queue<EgressRequest> requests = new ConcurrentLinkedQueue<>();

  public EchoingEgress(Path folder) {
    this.folder = folder;
  }

  public int open() {
    return opened.get() - closed.get();
  }

  public List<EgressRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public EgressWay open(EgressRequest request) {
    requests.add(request);
    return new Way(folder.resolve("s" + opened.incrementAndGet()), request);
  }

  private final class Way implements EgressWay {
    private final Path socket;
    private final EgressRequest request;
    private final ServerSocketChannel server;
    private final Queue<RefusedHost> refused = new ConcurrentLinkedQueue<>();

    Way(Path socket, EgressRequest request) {
      this.socket = socket;
      this.request = request;
      try {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      var thread = new Thread(this::serve, "echoing-egress");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve() {
      try {
        while (true) {
          answer();
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void answer() throws IOException {
      try (var connection = server.accept();
          var reader = new BufferedReader(Channels.newReader(connection, UTF_8))) {
        String line = String.valueOf(reader.readLine());
        String[] words = line.split(" ", -1);
        if (words[0].equals("note")) {
          refused.add(new RefusedHost(words[1], Integer.parseInt(words[2]), 1));
          return;
        }
        Channels.newOutputStream(connection).write((line + "\n").getBytes(UTF_8));
      }
    }

    @Override
    public Path socket() {
      return socket;
    }

    @Override
    public EgressPorts ports() {
      var local = new HashSet<>(request.services());
      local.add(LOCAL_PORT);
      return new EgressPorts(Set.of(80), local, Set.of(), Set.of());
    }

    @Override
    public Map<String, String> environment() {
      return Map.of("http_proxy", "http://127.0.0.1:" + LOCAL_PORT);
    }

    @Override
    public Map<Path, String> homeFiles() {
      return Map.of(Path.of(".npmrc"), "registry=http://127.0.0.1:" + LOCAL_PORT + "/\n");
    }

    @Override
    public List<RefusedHost> refused() {
      return List.copyOf(refused);
    }

    @Override
    public void close() {
      try {
        server.close();
        Files.deleteIfExists(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      closed.incrementAndGet();
    }
  }
}
