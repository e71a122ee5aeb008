package io.numa.avatar.benchmarks.tasks;

import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Git server of the testkit, on JGit, in this process. */
record TestkitHost(Path root, GitServer server) implements GitHost {
  static GitHost start(Path work) throws IOException {
    Path root = Files.createDirectories(work.resolve("served"));
    return new TestkitHost(root, GitServer.start(root));
  }

  @Override
  public String description() {
    return "the testkit's server on JGit";
  }

  @Override
  public int port() {
    return URI.create(server.httpUrl("any")).getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
