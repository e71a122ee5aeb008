import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * A backend and a Git server on loopback, from the jar of the program, for the avatar of a package.
 * Its files, and the avatar's configuration, are in the folder of its argument. Obeys one order a line: {@code task ID COMMAND},
 * {@code await ID STATUS}, {@code stage ID STAGE}, {@code attempts ID COUNT}. Answers {@code ok}, or
 * what is wrong. Ends with its standard input.
 */
public final class World {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err); // logs
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    try (var git = GitServer.start(folder.resolve("git"));
        var backend = NumaBackend.start().withToken("token-of-the-check")) {
      git.requirePassword("bot", "password-of-the-check");
      git.createRepository("shop").seed("main", Map.of("README.md", "Shop\n"));
      backend.addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("shop")));
      Files.writeString(folder.resolve("config.yaml"), configuration(backend.url(), URI.create(git.httpUrl("shop"))));
      answers.println("ok");
      var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        answers.println(obey(backend, line.split(" ", 3)));
      }
    }
  }

  private static String obey(NumaBackend backend, String[] words) throws Exception {
    String id = words[1];
    switch (words[0]) {
      case "task":
        add(backend, id, words[2]);
        return "ok";
      case "await":
        return await(backend, id, event -> event.word().equals(words[2]));
      case "stage":
        return await(backend, id, event -> event.details().path("stage").asText().equals(words[2]));
      case "attempts":
        long attempts =
            backend.statusesWritten(id).stream()
                .map(event -> event.details().path("attempt").asText())
                .distinct()
                .count();
        return attempts == Long.parseLong(words[2]) ? "ok" : "attempts: " + attempts;
      default:
        return "unknown order: " + words[0];
    }
  }

  private static void add(NumaBackend backend, String id, String command) {
    var write = Map.of("path", "made-" + id, "content", "made\n");
    var plan =
        Map.of(
            "version", 1, "steps", List.of(Map.of("write", write)), "test", Map.of("command", command));
    backend.addTask(
        id,
        Map.of(
            "title", "Make " + id, "application_id", 1, "code_branch", "dev-" + id,
            "development_plan", plan));
    backend.announce(id);
  }

  private interface Wanted {
    boolean in(StatusWritten event);
  }

  private static String await(NumaBackend backend, String id, Wanted wanted) throws Exception {
    try {
      backend.awaitEvent(
          id, "as wanted", event -> event instanceof StatusWritten s && wanted.in(s), LIMIT);
      return "ok";
    } catch (TimeoutException | AssertionError e) {
      return ("statuses: " + backend.statuses(id) + " " + e.getMessage()).replace('\n', ' ');
    }
  }

  private static String configuration(URI backend, URI git) {
    return String.join(
        "\n",
        "backend: {url: \"" + backend + "\", api_token: token-of-the-check}",
        "git:",
        "  username: Avatar",
        "  email: avatar@example.com",
        "  credentials:",
        "    - {host: \"127.0.0.1:" + git.getPort() + "\", username: bot, password: password-of-the-check}",
        "avatar:",
        "  id: check",
        "  workspace: /var/lib/numa-avatar/workspace",
        "  state_dir: /var/lib/numa-avatar/state",
        "  log_dir: /var/lib/numa-avatar/logs",
        "workspace: {min_free: 1MiB}",
        "polling: {interval: 1}",
        "");
  }

  private World() {}
}
