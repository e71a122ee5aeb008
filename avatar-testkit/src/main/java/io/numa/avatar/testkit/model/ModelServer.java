package io.numa.avatar.testkit.model;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A model on loopback that speaks four dialects from a script, so that real coding agents work
 * without a network. Safe for use by several threads.
 *
 * <p>It serves OpenAI's chat completions and responses, Anthropic's messages, and Gemini's
 * contents, as streams or whole, with their counts of tokens and lists of models. The paths may
 * have any prefix.
 *
 * <pre>{@code
 * try (var model = ModelServer.start()) {
 *   model.play(
 *       ModelScript.first(edit("calc.py", "a - b", "a * b"), say("Fixed."))
 *           .then(edit("calc.py", "a * b", "a + b"), say("Fixed, really.")));
 *   // point an agent at model.url(), and give it a prompt
 * }
 * }</pre>
 */
public final class ModelServer implements AutoCloseable {
  /** The model that it lists. It answers for any model. */
  public static final String MODEL = "scripted-model";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int THREADS = 64;

  static {
    // Without this, every small piece waits 40 ms for the client to acknowledge the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final ModelApi api = new ModelApi();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ModelServer(HttpServer server) {
    this.server = server;
    this.threads = threads(server.getAddress().getPort());
  }

  /** Starts a model on a free port. It says "Done." until it gets a script. */
  public static ModelServer start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0);
    var started = new ModelServer(HttpServer.create(address, 0));
    started.server.setExecutor(started.threads);
    started.server.createContext("/", started::serve);
    started.server.start();
    return started;
  }

  private static ExecutorService threads(int port) {
    var numbers = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "model-" + port + "-" + numbers.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      // After an exception, the server closes the connection without an end of the answer.
      api.serve(new ModelExchange(exchange, closed));
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its address: scheme, host and port, without a path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Plays this script, from its start, in all conversations that have no script of their own. */
  public ModelServer play(ModelScript script) {
    return play("", script);
  }

  /**
   * Plays this script, from its start, in conversations whose prompts mention {@code marker}. The
   * newest script that fits is played.
   */
  public ModelServer play(String marker, ModelScript script) {
    api.play(marker, script);
    return this;
  }

  /** The usage that each answer states from now on. */
  public ModelServer withUsage(ModelUsage usage) {
    api.state(usage);
    return this;
  }

  /** Makes it answer 401 to requests without this key. */
  public ModelServer withKey(String key) {
    api.requireKey(key);
    return this;
  }

  /** How many requests have arrived. */
  public long requestCount() {
    return api.requests().count();
  }

  /** The newest requests: at most 2,000, and fewer if they are large. */
  public List<ModelRequest> requests() {
    return api.requests().newest();
  }

  /** The newest requests for an answer of the model, without those for titles and summaries. */
  public List<ModelRequest> turns() {
    return requests().stream()
        .filter(request -> request.dialect().isPresent() && !request.tools().isEmpty())
        .filter(request -> Route.of(request.method(), request.path()) == Route.ANSWER)
        .toList();
  }

  /**
   * Waits for a request, also for one that has already come.
   *
   * @throws TimeoutException if none comes in time
   */
  public ModelRequest awaitRequest(Predicate<ModelRequest> wanted, Duration limit)
      throws InterruptedException, TimeoutException {
    return api.requests().await(wanted, limit);
  }

  /** Closes all connections, also those that hang. Further calls do nothing. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
