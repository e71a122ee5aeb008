package io.numa.avatar.agent.gateway;

import com.sun.net.httpserver.HttpExchange;
import io.numa.avatar.agent.gateway.internal.dialect.Refusal;
import io.numa.avatar.agent.gateway.internal.dialect.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads the bodies of requests, within an amount of memory that all sessions share. Safe for use by
 * several threads.
 */
final class RequestBodies {
  static final int MAX_BODY = 64 << 20;
  private static final int KIB = 1 << 10;
  private static final int SHARED_KIB = 2 * MAX_BODY / KIB;

  private final Semaphore kibs = new Semaphore(SHARED_KIB);

  /** The bytes of a body. Closing it gives its memory back to the other requests. */
  final class Body implements AutoCloseable {
    private final int taken;
    private final byte[] bytes;

    private Body(int taken, byte[] bytes) {
      this.taken = taken;
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public void close() {
      kibs.release(taken);
    }
  }

  /**
   * Reads a body.
   *
   * @throws RefusedException if it is too large or there is no memory for it now
   */
  Body read(HttpExchange exchange) throws RefusedException, IOException {
    long declared = declared(exchange);
    if (declared > MAX_BODY) {
      throw tooLarge();
    }
    int reserved = kibs(declared < 0 ? MAX_BODY : (int) declared);
    if (!kibs.tryAcquire(reserved)) {
      throw new Refusal(Refusal.Kind.BUSY, "too many large requests at a time").thrown();
    }
    int kept = 0;
    try {
      byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
      if (bytes.length > MAX_BODY) {
        throw tooLarge();
      }
      kept = kibs(bytes.length);
      return new Body(kept, bytes);
    } finally {
      kibs.release(reserved - kept);
    }
  }

  private static int kibs(int bytes) {
    return bytes / KIB + 1;
  }

  private static long declared(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? -1 : Long.parseLong(length.strip()); // the server has checked it
  }

  private static RefusedException tooLarge() {
    return new Refusal(
            Refusal.Kind.TOO_LARGE, "the request is larger than " + (MAX_BODY >> 20) + " MiB")
        .thrown();
  }

  /**
   * Reads what is left of a body that is not needed. Without that, the server would close the
   * connection before the agent has read the answer.
   */
  static void skip(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    byte[] buffer = new byte[8 * KIB];
    int skipped = 0;
    int read = 0;
    while (read >= 0 && skipped <= MAX_BODY) {
      read = body.read(buffer);
      skipped += read;
    }
  }
}
