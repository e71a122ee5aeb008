package io.numa.avatar.benchmarks.watchers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * A process {@code avatar run --serve}, with a backend and a Git server on loopback in this one.
 * Not thread-safe.
 */
final class WatchedAvatar implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String PROJECT = "project";
  private static final int FILES = 400;

  /** Tasks that people watch print. */
  private static final String PLAN =
      """
      version: 1
      steps:
        - write: {path: made.txt, content: "NUMBER"}
        - run: {command: seq 200}
      test:
        command: seq 200
      """;

  private final NumaBackend backend;
  private final GitServer git;
  private final Process process;
  private final Path home;
  private final int port;
  private int tasks;

  private WatchedAvatar(NumaBackend backend, GitServer git, Process process, Path home, int port) {
    this.backend = backend;
    this.git = git;
    this.process = process;
    this.home = home;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param command of the shell, such as {@code /usr/bin/avatar}
   * @param port where its server is to listen
   */
  static WatchedAvatar start(Path home, String command, int port)
      throws IOException, InterruptedException, TimeoutException {
    var git = GitServer.start(Files.createDirectories(home.resolve("git")));
    git.createRepository(PROJECT).seed("main", files());
    var backend = NumaBackend.start();
    backend.addApplication(
        1, Map.of("name", PROJECT, "git_repo_url", git.httpUrl(PROJECT), "owner", "benchmark"));
    Files.writeString(home.resolve("config.yaml"), configuration(backend));
    String serving = " run --config config.yaml --serve 127.0.0.1:" + port;
    var builder =
        new ProcessBuilder("/bin/sh", "-c", "exec " + command + serving)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile());
    builder.environment().put("HOME", home.toString());
    var avatar = new WatchedAvatar(backend, git, builder.start(), home, port);
    try {
      backend.awaitRequests(1, "/messages", LIMIT);
      return avatar;
    } catch (TimeoutException e) {
      avatar.close();
      throw new IOException("it does not poll:\n" + Files.readString(home.resolve("output")), e);
    }
  }

  private static Map<String, String> files() {
    var files = new HashMap<String, String>();
    for (int i = 0; i < FILES; i++) {
      files.put("folder" + i % 20 + "/file" + i + ".txt", "line\n".repeat(i));
    }
    return files;
  }

  private static String configuration(NumaBackend backend) {
    return """
        backend: {url: "BACKEND"}
        git: {username: Avatar, email: avatar@example.com, allowed_networks: ["127.0.0.1"]}
        avatar: {id: watched, workspace: workspace, state_dir: state, log_dir: logs}
        workspace: {min_free: 1MiB}
        """
        .replace("BACKEND", backend.url().toString());
  }

  /** The id of the task that {@link #carryOut} announces next. */
  String nextTask() {
    return String.valueOf(tasks + 1);
  }

  /** Announces a task, and returns how long it takes until the backend knows that it is done. */
  long carryOut() throws InterruptedException, TimeoutException {
    int id = ++tasks;
    var task = new HashMap<String, Object>();
    task.put("title", "Write a file and print");
    task.put("application_id", 1);
    task.put("code_branch", "dev-" + id);
    task.put("development_plan", PLAN.replace("NUMBER", String.valueOf(id)));
    backend.addTask(id, task);
    long begin = TimeSource.SYSTEM.nanoTime();
    backend.announce(id);
    backend.awaitStatus(id, "done", LIMIT);
    return TimeSource.SYSTEM.since(begin).toNanos();
  }

  /** Where its server listens. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What an operator shows its server. */
  String token() throws IOException {
    return Files.readString(home.resolve("state/server.token"), UTF_8).strip();
  }

  /** Where commands reach it. */
  Path control() {
    return home.resolve("state/control");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
    backend.close();
    git.close();
  }
}
