package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Sends targets that HTTP clients would change. */
final class RawRequest {
  private RawRequest() {}

  static String send(int port, String target) throws IOException {
    return send(port, target, "127.0.0.1:" + port);
  }

  /** The whole answer, after which the server closes the connection. */
  static String send(int port, String target, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
