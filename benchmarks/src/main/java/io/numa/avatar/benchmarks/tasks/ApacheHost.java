package io.numa.avatar.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Apache with {@code git http-backend}, as Debian installs them, in a separate process. */
final class ApacheHost implements GitHost {
  private static final Path PROGRAM = Path.of("/usr/sbin/apache2");
  private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
  private static final Path BACKEND = Path.of("/usr/lib/git-core/git-http-backend");

  /** How long Apache may take until it listens, in steps of 20 ms. */
  private static final int PATIENCE = 500;

  private final Process process;
  private final Path root;
  private final int port;
  private final String description;

  private ApacheHost(Process process, Path root, int port, String description) {
    this.process = process;
    this.root = root;
    this.port = port;
    this.description = description;
  }

  static boolean installed() {
    return Files.isExecutable(PROGRAM) && Files.isDirectory(MODULES) && Files.isExecutable(BACKEND);
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param work an existing folder; root makes it accessible to all users
   */
  static GitHost start(Path work) throws IOException, InterruptedException {
    int port = freePort();
    if (isRoot()) {
      OpenFolder.openWay(work);
    }
    Path root = Files.createDirectories(work.resolve("served"));
    Path scratch = Files.createDirectories(work.resolve("server"));
    Path configuration = scratch.resolve("apache.conf");
    Files.writeString(configuration, configuration(root, scratch, port));
    var builder =
        new ProcessBuilder(PROGRAM.toString(), "-f", configuration.toString(), "-D", "FOREGROUND");
    builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
    builder.redirectOutput(scratch.resolve("apache.out").toFile());
    Process process = builder.start();
    // Apache goes on when a signal has ended its parent process.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "benchmark-apache"));
    var host = new ApacheHost(process, root, port, describe());
    host.awaitListening(scratch);
    return host;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String configuration(Path root, Path scratch, int port) throws IOException {
    var text = new StringBuilder();
    for (String module :
        new String[] {"mpm_event", "authz_core", "env", "setenvif", "alias", "cgid"}) {
      text.append("LoadModule ").append(module).append("_module ");
      text.append(MODULES.resolve("mod_" + module + ".so")).append('\n');
    }
    // Apache started by root serves requests as another user.
    String user = isRoot() ? "User www-data\nGroup www-data\n" : "";
    return text
        + user
        + String.format(
            Locale.ROOT,
            """
        ServerRoot "%1$s"
        DefaultRuntimeDir "%1$s"
        ServerName 127.0.0.1
        Listen 127.0.0.1:%2$d
        PidFile "%1$s/apache.pid"
        ScriptSock "%1$s/cgi.sock"
        ErrorLog "%1$s/error.log"
        KeepAlive On
        KeepAliveTimeout 5
        MaxKeepAliveRequests 100
        SetEnv GIT_PROJECT_ROOT "%3$s"
        SetEnv GIT_HTTP_EXPORT_ALL 1
        SetEnv GIT_CONFIG_COUNT 1
        SetEnv GIT_CONFIG_KEY_0 safe.directory
        SetEnv GIT_CONFIG_VALUE_0 *
        SetEnvIf Git-Protocol "(.*)" GIT_PROTOCOL=$1
        ScriptAlias / "%4$s/"
        <Directory "%5$s">
          Require all granted
        </Directory>
        """,
            scratch,
            port,
            root,
            BACKEND,
            BACKEND.getParent());
  }

  private static String describe() throws IOException, InterruptedException {
    Process asked = new ProcessBuilder(PROGRAM.toString(), "-v").redirectErrorStream(true).start();
    String said = new String(asked.getInputStream().readAllBytes(), UTF_8);
    asked.waitFor();
    String version = said.lines().findFirst().orElse("").replaceAll("^.*Apache/| .*$", "");
    return "Apache " + version + " with `git http-backend`";
  }

  private void awaitListening(Path scratch) throws IOException, InterruptedException {
    for (int i = 0; i < PATIENCE; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (process.waitFor(20, MILLISECONDS)) {
          throw new IOException(
              "Apache has ended: " + Files.readString(scratch.resolve("apache.out")), e);
        }
      }
    }
    process.destroy();
    throw new IOException("Apache does not listen");
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, SECONDS)) {
      process.destroyForcibly();
    }
  }
}
