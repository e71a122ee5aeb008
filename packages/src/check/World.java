import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A backend and a Git server on loopback, from the jar of the program, for the avatar of a package.
 * Both speak TLS, with a certificate of their own. Their files, and the avatar's configuration, are in
 * the folder of its argument. Obeys one order a line: {@code task ID COMMAND}, {@code prose ID TEXT},
 * {@code await ID STATUS}, {@code stage ID STAGE}, {@code attempts ID COUNT}. Answers {@code ok}, or
 * what is wrong. Ends with its standard input.
 */
public final class World {
  private static final String PASSWORD = "changeit";
  private static final Duration LIMIT = Duration.ofMinutes(4);

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err); // logs
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    try (var git = GitServer.start(folder.resolve("git"));
        var backend = NumaBackend.start().withToken("token-of-the-check")) {
      git.requirePassword("bot", "password-of-the-check");
      git.createRepository("shop")
          .seed(
              "main",
              Map.of("README.md", "Shop\n", ".numa.yaml", "test: {command: grep -q good agent.txt}\n"));
      SSLContext tls = tls(folder);
      URI shop = secured(URI.create(git.httpUrl("shop")), tls);
      backend.addApplication(1, Map.of("name", "shop", "git_repo_url", shop.toString()));
      Files.writeString(
          folder.resolve("config.yaml"), configuration(secured(backend.url(), tls), shop));
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
      case "prose":
        announce(backend, id, words[2]);
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
    announce(backend, id, plan);
  }

  private static void announce(NumaBackend backend, String id, Object plan) {
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
        "backend: {url: \"" + backend + "\", api_token: \"token-of-the-check\"}",
        "git:",
        "  ca_file: /etc/numa-avatar/ca.pem",
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

  /** Makes a key and its certificate, {@code ca.pem} and in {@code trust.p12}. */
  private static SSLContext tls(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    keytool(store, "-genkeypair -keyalg EC -dname CN=check -ext san=ip:127.0.0.1 -validity 2");
    Path certificate = folder.resolve("ca.pem");
    keytool(store, "-exportcert -rfc -file " + certificate);
    keytool(folder.resolve("trust.p12"), "-importcert -noprompt -file " + certificate);
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(Path store, String arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-alias", "check", "-keystore", store.toString(), "-storepass", PASSWORD));
    if (new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() != 0) {
      throw new IllegalStateException("keytool failed: " + command);
    }
  }

  /** Puts TLS before a server of this machine, and returns the address of that. */
  private static URI secured(URI plain, SSLContext tls) throws Exception {
    var server = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(
        () -> {
          while (true) {
            Socket client = server.accept();
            var behind = new Socket("127.0.0.1", plain.getPort());
            start(() -> client.getInputStream().transferTo(behind.getOutputStream()), client, behind);
            start(() -> behind.getInputStream().transferTo(client.getOutputStream()), client, behind);
          }
        });
    return new URI("https", null, "127.0.0.1", server.getLocalPort(), plain.getPath(), null, null);
  }

  private static void start(Callable<?> work, Socket... sockets) {
    var thread =
        new Thread(
            () -> {
              try {
                work.call();
              } catch (Exception e) {
                System.err.println("a connection has ended: " + e);
              } finally {
                List.of(sockets).forEach(World::close);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.err.println("a connection could not be closed: " + e);
    }
  }

  private World() {}
}
