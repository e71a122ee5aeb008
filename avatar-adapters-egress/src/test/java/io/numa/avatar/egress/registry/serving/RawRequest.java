package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** Sends targets that HTTP clients would change. */
final class RawRequest {
  private RawRequest() {}

  static String send(int port, String target) throws IOException {
    return send(port, target, "127.0.0.1:" + port);
  }

  static String send(int port, String target, String host) throws IOException {
    String request =
        "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    return sendBytes(port, request.getBytes(ISO_8859_1));
  }

  /** The whole answer, until the server closes the connection. Nothing follows the bytes. */
  static String sendBytes(int port, byte[] bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }
}
