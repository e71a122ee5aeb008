package io.numa.avatar.cli.demo;

import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A backend on loopback that has no task, and the configuration of an avatar for it. */
public final class IdleWorld implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final String CONFIGURATION =
      """
      backend: {url: "BACKEND"}
      git: {username: Avatar, email: avatar@example.com}
      avatar: {id: practice, workspace: workspace, state_dir: state, log_dir: logs}
      workspace: {min_free: 1MiB}
      polling: {interval: 100ms, wait: 1s}
      """;

  private final NumaBackend backend;
  private final Path config;

  private IdleWorld(NumaBackend backend, Path config) {
    this.backend = backend;
    this.config = config;
  }

  /** Starts the backend; the files of the avatar will be in {@code folder}, which exists. */
  public static IdleWorld create(Path folder) throws IOException {
    var backend = NumaBackend.start();
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, CONFIGURATION.replace("BACKEND", backend.url().toString()));
    return new IdleWorld(backend, config);
  }

  /** The configuration's file. */
  public Path config() {
    return config;
  }

  /** Waits for a minute at most until the avatar has polled this often. */
  public void awaitPolls(int count) throws InterruptedException, TimeoutException {
    backend.awaitRequests(count, "/messages", LIMIT);
  }

  @Override
  public void close() {
    backend.close();
  }
}
