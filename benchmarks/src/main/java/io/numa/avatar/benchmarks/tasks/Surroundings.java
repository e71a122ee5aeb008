package io.numa.avatar.benchmarks.tasks;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The machine and the versions of programs of a measurement.
 *
 * @param cores how many processors the machine has
 */
record Surroundings(String java, String git, String server, int cores) {
  static Surroundings now(GitHost host) throws IOException, InterruptedException {
    return new Surroundings(
        Runtime.version().toString(),
        new BareGit(Path.of(System.getProperty("java.io.tmpdir"))).text("version"),
        host.description(),
        Runtime.getRuntime().availableProcessors());
  }
}
