package io.numa.avatar.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.document.Problem;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Asks a running avatar by its control socket. Used by one thread; the caller must close it.
 *
 * <p>Every request is an object with the member {@code do}, as {@code docs/operations-api.md} says.
 */
public final class ControlClient implements AutoCloseable {
  /** An order may wait for the backend. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final int LONGEST_ANSWER = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScheduledExecutorService watchdog = Timers.daemon("avatar-control-watchdog");
  private final Lines lines;

  private ControlClient(SocketChannel channel) {
    this.lines = new Lines(channel, watchdog);
  }

  /** Takes the documents that follow a request. */
  @FunctionalInterface
  public interface Watcher {
    /** Whether another document is wanted after this one. */
    boolean take(JsonNode document) throws IOException;
  }

  /**
   * Connects to the avatar of a state directory.
   *
   * @return empty if no avatar runs there
   * @throws IOException if the directory may not be read, or another user's process listens
   */
  public static Optional<ControlClient> connect(ControlSocket socket) throws IOException {
    Optional<Path> path = socket.find();
    return path.isEmpty() ? Optional.empty() : connect(path.get(), socket);
  }

  private static Optional<ControlClient> connect(Path path, ControlSocket socket)
      throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    boolean connected = false;
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      Peers.require(channel, socket.owner());
      connected = true;
      return Optional.of(new ControlClient(channel));
    } catch (ConnectException e) {
      return Optional.empty(); // A killed avatar has left it.
    } finally {
      if (!connected) {
        channel.close();
      }
    }
  }

  /**
   * Asks for one document.
   *
   * @throws RefusedCallException if the avatar does not carry out the request
   * @throws IOException if the avatar ends, or does not answer within two minutes
   */
  public JsonNode ask(ObjectNode request) throws IOException {
    lines.write(request.toString(), LIMIT);
    return next(LIMIT);
  }

  /**
   * Asks for events, or for a log that is followed, and passes on what comes until the watcher has
   * enough. Close the client after it.
   *
   * @throws RefusedCallException if the avatar does not carry out the request
   * @throws IOException if the avatar ends
   */
  public void follow(ObjectNode request, Watcher watcher) throws IOException {
    lines.write(request.toString(), LIMIT);
    while (watcher.take(next(LIMIT))) {}
  }

  private JsonNode next(Duration limit) throws IOException {
    String line = "";
    while (line.isEmpty()) {
      line =
          lines
              .read(limit, LONGEST_ANSWER)
              .orElseThrow(() -> new IOException("the avatar has closed the connection"));
    }
    JsonNode answer = JSON.readTree(line);
    if (answer.has("error")) {
      throw new RefusedCallException(problem(answer.get("error")));
    }
    return answer.path("ok");
  }

  private static Problem problem(JsonNode error) {
    String word = error.path("kind").asText();
    Problem.Kind kind =
        Arrays.stream(Problem.Kind.values())
            .filter(each -> each.name().equals(word.toUpperCase(Locale.ROOT)))
            .findFirst()
            .orElse(Problem.Kind.UNAVAILABLE);
    return new Problem(kind, error.path("text").asText(), error.path("remedy").asText());
  }

  @Override
  public void close() throws IOException {
    watchdog.shutdownNow();
    lines.close();
  }
}
