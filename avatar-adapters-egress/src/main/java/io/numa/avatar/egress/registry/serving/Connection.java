package io.numa.avatar.egress.registry.serving;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** One exchange of a connection. It belongs to the connection's thread. */
final class Connection implements AutoCloseable {
  /** How long a client may take for a whole request. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final String ATTRIBUTE = "avatar.connection";

  private final Runnable abort;
  private final Future<?> silence;
  private Optional<Closeable> open = Optional.empty();

  /**
   * @param abort ends the connection; may be called by other threads
   */
  Connection(Runnable abort, ScheduledExecutorService timer) {
    this.abort = abort;
    this.silence = timer.schedule(abort, SILENCE.toSeconds(), SECONDS);
  }

  static Connection of(HttpContext context) {
    return (Connection) context.getAttribute(ATTRIBUTE);
  }

  HttpCoreContext context() {
    var context = HttpCoreContext.create();
    context.setAttribute(ATTRIBUTE, this);
    return context;
  }

  /** The client sent a whole request. The body of one that is refused counts, too. */
  void speaks() {
    silence.cancel(false);
  }

  void closeAfterwards(Closeable resource) {
    open = Optional.of(resource);
  }

  void abort() {
    abort.run();
  }

  @Override
  public void close() throws IOException {
    silence.cancel(false);
    if (open.isPresent()) {
      open.get().close();
    }
  }
}
