package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP proxy that notes what it is asked for, and what goes through its tunnels. */
final class TestProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService pool =
      Executors.newFixedThreadPool(
          16,
          work -> {
            var thread = new Thread(work, "proxy-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> tunnelled = new CopyOnWriteArrayList<>();

  private TestProxy(ServerSocket listening) {
    this.listening = listening;
    pool.execute(this::accept);
  }

  static TestProxy start() throws IOException {
    return new TestProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Methods and targets. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** All bytes that went out through tunnels. */
  String tunnelled() {
    return String.join("", tunnelled);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        pool.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] head = head(client.getInputStream());
      String[] words = new String(head, ISO_8859_1).split(" ", 3);
      asked.add(words[0] + " " + words[1]);
      boolean tunnel = words[0].equals("CONNECT");
      URI target = URI.create(tunnel ? "http://" + words[1] : words[1]);
      try (var server = new Socket(target.getHost(), target.getPort())) {
        if (tunnel) {
          client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
        } else {
          server.getOutputStream().write(head);
        }
        pool.execute(() -> pump(server, client, false));
        pump(client, server, tunnel);
      }
    } catch (IOException e) {
      // one of the two hung up
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int unit = in.read();
      if (unit < 0) {
        throw new IOException("no request");
      }
      head.write(unit);
    }
    return head.toByteArray();
  }

  private void pump(Socket from, Socket to, boolean noted) {
    var buffer = new byte[8192];
    try {
      OutputStream out = to.getOutputStream();
      for (int count = from.getInputStream().read(buffer);
          count >= 0;
          count = from.getInputStream().read(buffer)) {
        if (noted) {
          tunnelled.add(new String(buffer, 0, count, ISO_8859_1));
        }
        out.write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // one of the two hung up
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    pool.shutdownNow();
  }
}
