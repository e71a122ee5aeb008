package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.Path;

/** A server on loopback that shows the bare repositories of a folder over smart HTTP. */
interface GitHost extends AutoCloseable {
  /** What it is, with its version. */
  String description();

  int port();

  /** The folder of the repositories that it shows. */
  Path root();

  /** Starts the best there is: Apache where it is installed. */
  static GitHost start(Path work) throws IOException, InterruptedException {
    return ApacheHost.installed() ? ApacheHost.start(work) : TestkitHost.start(work);
  }

  /** The address of a repository, at the server itself or at a relay before it. */
  static String url(int port, String name) {
    return "http://127.0.0.1:" + port + "/" + name + ".git";
  }

  @Override
  void close() throws IOException, InterruptedException;
}
