package io.numa.avatar.cli.wiring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.worker.AvatarWorker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configured avatar sends the trace of a task to a collector before it ends. */
class TracesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String KEY = "k3y-of-the-collector";

  @TempDir Path folder;
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  @Test
  void aTaskBecomesATrace() throws Exception {
    HttpServer collector = collector();
    try (var git = GitServer.start(folder.resolve("git"));
        var backend = NumaBackend.start()) {
      git.createRepository("shop").seed("main", Map.of("README.md", "Shop\n"));
      backend.addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("shop")));
      backend.addTask(1, task());
      backend.announce(1);

      EffectiveConfiguration loaded =
          load(backend.url().toString(), collector.getAddress().getPort());
      run(loaded);

      assertThat(loaded.toYaml()).contains("X-Key").doesNotContain(KEY);
    } finally {
      collector.stop(0);
    }
    assertThat(keys).isNotEmpty().containsOnly(KEY);
    assertThat(String.join("", bodies))
        .contains("numa-avatar", "avatar_001", "attempt", "clone", "push", "delivered")
        .doesNotContain(KEY, "a-token", "Log in here.");
  }

  private HttpServer collector() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          keys.add(exchange.getRequestHeaders().getFirst("X-Key"));
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static Map<String, Object> task() {
    return Map.of(
        "title",
        "Let people log in",
        "application_id",
        1,
        "development_plan",
        Map.of(
            "version",
            1,
            "steps",
            List.of(Map.of("write", Map.of("path", "login.txt", "content", "Log in here.\n"))),
            "test",
            Map.of("command", "")));
  }

  private EffectiveConfiguration load(String backend, int collector) throws Exception {
    String text =
        """
        backend: {url: "%s", api_token: a-token}
        git: {username: Avatar, email: avatar@example.com, allowed_networks: [127.0.0.1]}
        avatar: {id: avatar_001, name: Avatar, workspace: work}
        polling: {interval: 1, wait: 5}
        telemetry:
          otlp: {url: "http://127.0.0.1:%d", headers: {X-Key: "%s"}}
        """
            .formatted(backend, collector, KEY);
    Path file = Files.writeString(folder.resolve("config.yaml"), text);
    return ConfigLoader.load(file, Map.of(), Map.of(), Purpose.RUN);
  }

  private void run(EffectiveConfiguration loaded) throws Exception {
    var setup =
        new Setup(
            loaded.configuration(),
            RunListener.NONE,
            Delivery.PUSH,
            OptionalInt.of(1),
            Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
    try (var avatar = Avatar.connected(setup);
        AvatarWorker worker = avatar.worker()) {
      worker.start();
      assertThat(worker.awaitStop(LIMIT)).isTrue();
    }
  }
}
