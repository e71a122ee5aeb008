package io.numa.avatar.testkit.junit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.testkit.queue.NatsServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts a real {@link NatsServer} for tests. In a static field, one serves all tests of the class:
 *
 * <pre>{@code
 * class MyQueueTest {
 *   @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();
 *
 *   @Test
 *   void takesATask() {
 *     var settings = NatsSettings.of(NATS.url(), "my-backend", avatar);
 *     // …
 *   }
 * }
 * }</pre>
 *
 * <p>In an instance field, each test has one of its own, with an empty store. The server is there
 * before the first {@code @BeforeAll} or {@code @BeforeEach} method, and until the last
 * {@code @AfterAll} or {@code @AfterEach} method has returned; then its files are removed.
 *
 * <p>Where {@code nats-server} is not installed, it skips the tests with a reason, and logs a
 * warning.
 */
public final class NatsServerExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final System.Logger log = System.getLogger(NatsServerExtension.class.getName());

  private final String[] arguments;
  private Optional<Running> running = Optional.empty();

  /**
   * @param arguments further ones of the program, such as a login
   */
  public NatsServerExtension(String... arguments) {
    this.arguments = arguments.clone();
  }

  /**
   * A server that runs.
   *
   * @param owner the id of the class or test that it ends with
   */
  private record Running(String owner, NatsServer server, ScratchFolder folder) {}

  /** Skips the test with a reason if this machine has no {@code nats-server}. */
  public static void require() {
    require(NatsServer.program());
  }

  static void require(Optional<Path> program) {
    if (program.isEmpty()) {
      log.log(Level.WARNING, "tests with a queue are SKIPPED: this machine has no nats-server");
    }
    assumeTrue(program.isPresent(), "SKIPPED: this machine has no nats-server");
  }

  /**
   * The server, which a test may stop, kill and start again.
   *
   * @throws IllegalStateException outside of tests
   */
  public NatsServer server() {
    return running.orElseThrow(() -> new IllegalStateException("no test runs")).server();
  }

  /** The address of the server. */
  public URI url() {
    return server().url();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    begin(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    begin(context);
  }

  private void begin(ExtensionContext context) throws IOException {
    if (running.isPresent()) {
      return;
    }
    require();
    var folder = ScratchFolder.create("avatar-nats");
    try {
      NatsServer server = NatsServer.start(folder.path(), arguments);
      running = Optional.of(new Running(context.getUniqueId(), server, folder));
    } finally {
      if (running.isEmpty()) {
        folder.close();
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    end(context);
  }

  private void end(ExtensionContext context) throws IOException {
    if (running.filter(one -> one.owner().equals(context.getUniqueId())).isPresent()) {
      Running ended = running.get();
      running = Optional.empty();
      ended.server().close();
      ended.folder().close();
    }
  }
}
