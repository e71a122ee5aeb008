package io.numa.avatar.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for requests, and sends the answers of a handler, by the JDK's HTTP server. */
public final class HttpFront implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpFront.class);

  /** How long a client may take to send or take a piece. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static {
    // The JDK reads these once, when the process makes its first server; what the operator has set
    // stays. The limits hold for each server of the process by itself.
    Limits.set("sun.net.httpserver.nodelay", "true");
    Limits.set("jdk.httpserver.maxConnections", "512");
    Limits.set("sun.net.httpserver.idleInterval", "10");
    Limits.set("sun.net.httpserver.maxReqTime", "60");
    Limits.set("sun.net.httpserver.maxReqHeaderSize", "65536");
  }

  private final HttpServer server;
  private final Handler handler;
  private final Threads threads;
  private final AnswersUnderWay answers = new AnswersUnderWay();

  private HttpFront(HttpServer server, Handler handler, Duration patience) {
    this.server = server;
    this.handler = handler;
    this.threads = new Threads(patience);
  }

  /**
   * Listens.
   *
   * @throws IOException if the address cannot be had, such as when another process listens there
   */
  public static HttpFront listen(InetSocketAddress address, Handler handler) throws IOException {
    return listen(address, handler, PATIENCE);
  }

  static HttpFront listen(InetSocketAddress address, Handler handler, Duration patience)
      throws IOException {
    var front = new HttpFront(HttpServer.create(address, 0), handler, patience);
    front.server.setExecutor(front.threads);
    front.server.createContext("/", front::handle);
    front.server.start();
    return front;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) {
    Lock answering = answers.answer();
    answering.lock();
    try {
      answerAndSend(exchange);
    } finally {
      answering.unlock();
    }
  }

  private void answerAndSend(HttpExchange exchange) {
    Patience.pause();
    Answer answer = answer(exchange);
    if (!answer.body().endless()) {
      send(exchange, answer);
      return;
    }
    try {
      threads.watch(() -> send(exchange, answer));
    } catch (RejectedExecutionException e) {
      send(
          exchange,
          Answer.of(503, Answer.TEXT, "too many watchers; close one, or look again later\n"));
    }
  }

  private Answer answer(HttpExchange exchange) {
    try {
      return handler.answer(Request.of(exchange));
    } catch (BadRequestException e) {
      return Answer.of(400, Answer.TEXT, e.getMessage() + "\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.of(503, Answer.TEXT, "the avatar ends\n");
    } catch (IOException | RuntimeException e) {
      log.warn("Could not answer a request: {}", e.toString());
      return Answer.of(500, Answer.TEXT, "the avatar could not answer; its log says why\n");
    }
  }

  /** Sends an answer, and closes the connection if that fails: the client has left, or is stuck. */
  private static void send(HttpExchange exchange, Answer answer) {
    try (exchange) {
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", answer.type());
      SafeHeaders.ALL.forEach(headers::set);
      answer.headers().forEach(headers::set);
      Patience.begin();
      boolean head = exchange.getRequestMethod().equals("HEAD");
      // The JDK sends no length for -1, and pieces for 0.
      long length = answer.length().orElse(0);
      exchange.sendResponseHeaders(
          answer.status(), head || (answer.length().isPresent() && length == 0) ? -1 : length);
      if (!head && answer.length().orElse(1) > 0) {
        write(answer.body(), new PatientOutput(exchange.getResponseBody()));
      }
    } catch (IOException e) {
      log.debug("A client left before it had its answer: {}", e.toString());
    } catch (RuntimeException e) {
      log.warn("Could not give the rest of an answer: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(Answer.Body body, PatientOutput out)
      throws IOException, InterruptedException {
    boolean whole = false;
    try {
      body.writeTo(out);
      whole = true;
    } finally {
      if (whole) {
        out.close();
      } else {
        out.breakOff();
      }
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    answers.awaitEnd();
    server.stop(0);
    threads.close();
  }
}
