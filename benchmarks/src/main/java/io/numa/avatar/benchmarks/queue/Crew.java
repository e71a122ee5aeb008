package io.numa.avatar.benchmarks.queue;

import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Processes {@code avatar run} for one backend and one Git server on loopback, which are in this
 * process. Not thread-safe.
 */
final class Crew implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String PROJECT = "project";

  private final NumaBackend backend;
  private final GitServer git;
  private final List<Process> avatars = new ArrayList<>();
  private int tasks;

  private Crew(NumaBackend backend, GitServer git) {
    this.backend = backend;
    this.git = git;
  }

  /**
   * Starts it.
   *
   * @param command of the shell, such as {@code /usr/bin/avatar}
   * @param queue the address of the queue; empty for the backend's topic
   */
  static Crew start(Path home, String command, int size, Optional<String> queue)
      throws IOException, InterruptedException {
    var git = GitServer.start(Files.createDirectories(home.resolve("git")));
    git.createRepository(PROJECT).seed("main", Map.of("README.md", "A project.\n"));
    var backend = NumaBackend.start();
    if (queue.isPresent()) {
      backend.plain();
    } else {
      backend.withLease(Duration.ofMinutes(1));
    }
    backend.addApplication(1, Map.of("name", PROJECT, "git_repo_url", git.httpUrl(PROJECT)));
    var crew = new Crew(backend, git);
    for (int number = 0; number < size; number++) {
      Path folder = Files.createDirectories(home.resolve("avatar-" + number));
      Files.writeString(folder.resolve("config.yaml"), configuration(backend, number, queue));
      crew.avatars.add(avatar(command, folder));
      awaitWaiting(folder);
    }
    return crew;
  }

  private static String configuration(NumaBackend backend, int number, Optional<String> queue) {
    return """
        backend: {url: "BACKEND"}
        git: {username: Avatar, email: avatar@example.com, allowed_networks: ["127.0.0.1"]}
        avatar: {id: avatar-NUMBER, workspace: workspace, state_dir: state, log_dir: logs}
        workspace: {min_free: 1MiB}
        """
            .replace("BACKEND", backend.url().toString())
            .replace("NUMBER", String.valueOf(number))
        + queue.map(url -> "queue: {url: \"" + url + "\", backend: numa}\n").orElse("");
  }

  private static Process avatar(String command, Path folder) throws IOException {
    var builder =
        new ProcessBuilder("/bin/sh", "-c", "exec " + command + " run --config config.yaml")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().put("HOME", folder.toString());
    return builder.start();
  }

  private static void awaitWaiting(Path folder) throws IOException, InterruptedException {
    long begin = TimeSource.SYSTEM.nanoTime();
    while (!Files.readString(folder.resolve("output")).contains("is waiting for tasks")) {
      if (TimeSource.SYSTEM.since(begin).compareTo(LIMIT) > 0) {
        throw new IOException(Files.readString(folder.resolve("output")));
      }
      Background.pause(Duration.ofMillis(20));
    }
  }

  /** Adds a task that waits for so many seconds, and returns its id. */
  int add(int seconds) {
    int id = ++tasks;
    var task = new HashMap<String, Object>();
    task.put("title", "Write a file and wait");
    task.put("application_id", 1);
    task.put("code_branch", "dev-" + id);
    task.put(
        "development_plan",
        """
        version: 1
        steps:
          - write: {path: made.txt, content: "NUMBER"}
          - run: {command: sleep SECONDS}
        test:
          command: "true"
        """
            .replace("NUMBER", String.valueOf(id))
            .replace("SECONDS", String.valueOf(seconds)));
    backend.addTask(id, task);
    return id;
  }

  void announce(int task) {
    backend.announce(task);
  }

  /** Waits until an avatar has looked at the task. */
  void awaitLook(int task) throws InterruptedException, TimeoutException {
    backend.awaitRequests(1, "/tasks/" + task, LIMIT);
  }

  void awaitDone(int task) throws InterruptedException, TimeoutException {
    backend.awaitStatus(task, "done", LIMIT);
  }

  @Override
  public void close() throws InterruptedException {
    avatars.forEach(Process::destroy);
    for (Process avatar : avatars) {
      avatar.waitFor();
    }
    backend.close();
    git.close();
  }
}
