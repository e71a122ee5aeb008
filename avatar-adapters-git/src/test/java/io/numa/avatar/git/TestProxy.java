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
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy that notes what it is asked for, and what goes through its tunnels. */
final class TestProxy implements AutoCloseable {
  private static final Pattern LOGIN =
      Pattern.compile(
          "^proxy-authorization: basic (.*)\r\n", Pattern.CASE_INSENSITIVE + Pattern.MULTILINE);
  private static final String WHO_ARE_YOU =
      """
      HTTP/1.1 407 Who are you?\r
      Proxy-Authenticate: Basic realm="x"\r
      Content-Length: 0\r
      Connection: close\r
      \r
      """;

  private final ServerSocket listening;
  private final @Nullable String login;
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

  private TestProxy(ServerSocket listening, @Nullable String login) {
    this.listening = listening;
    this.login = login;
    pool.execute(this::accept);
  }

  static TestProxy start() throws IOException {
    return new TestProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), null);
  }

  /** Starts one that lets nobody through but who shows it a login. */
  static TestProxy startFor(String username, String password) throws IOException {
    byte[] login = (username + ":" + password).getBytes(ISO_8859_1);
    return new TestProxy(
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        Base64.getEncoder().encodeToString(login));
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
      String head = head(client.getInputStream());
      if (login != null && !login.equals(login(head))) {
        client.getOutputStream().write(WHO_ARE_YOU.getBytes(ISO_8859_1));
        return;
      }
      String[] words = head.split(" ", 3);
      asked.add(words[0] + " " + words[1]);
      boolean tunnel = words[0].equals("CONNECT");
      URI target = URI.create(tunnel ? "http://" + words[1] : words[1]);
      try (var server = new Socket(target.getHost(), target.getPort())) {
        if (tunnel) {
          client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
        } else {
          server.getOutputStream().write(LOGIN.matcher(head).replaceAll("").getBytes(ISO_8859_1));
        }
        pool.execute(() -> pump(server, client, false));
        pump(client, server, tunnel);
      }
    } catch (IOException e) {
      // one of the two hung up
    }
  }

  private static @Nullable String login(String head) {
    Matcher shown = LOGIN.matcher(head);
    return shown.find() ? shown.group(1) : null;
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int unit = in.read();
      if (unit < 0) {
        throw new IOException("no request");
      }
      head.write(unit);
    }
    return head.toString(ISO_8859_1);
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
