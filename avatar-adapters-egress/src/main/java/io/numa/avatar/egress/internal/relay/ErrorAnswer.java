package io.numa.avatar.egress.internal.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** How a client of HTTP is told that its request goes nowhere. */
enum ErrorAnswer {
  MALFORMED("400 Bad Request"),
  REFUSED("403 Forbidden"),
  UNREACHABLE("502 Bad Gateway"),
  TOO_SLOW("504 Gateway Timeout");

  private final String status;

  ErrorAnswer(String status) {
    this.status = status;
  }

  /** The whole answer, as plain text. */
  ByteBuffer text(String reason) {
    byte[] body = (reason + "\n").getBytes(UTF_8);
    byte[] head =
        ("HTTP/1.1 "
                + status
                + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + body.length
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(UTF_8);
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
  }
}
