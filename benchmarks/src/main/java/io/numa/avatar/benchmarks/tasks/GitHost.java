package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.Path;

/** A server on loopback that shows the bare repositories of a folder over smart HTTP. */
interface GitHost extends AutoCloseable {
  /** The server's name and version. */
  String description();

  int port();

  /** The folder of the repositories that it shows. */
  Path root();

  /** Starts Apache if it is installed, otherwise the testkit's server. */
  static GitHost start(Path work) throws IOException, InterruptedException {
    return ApacheHost.installed() ? ApacheHost.start(work) : TestkitHost.start(work);
  }

  /** The address of a repository, at the server or at a relay in front of it. */
  static String url(int port, String name) {
    return "http://127.0.0.1:" + port + "/" + name + ".git";
  }

  @Override
  void close() throws IOException, InterruptedException;
}
