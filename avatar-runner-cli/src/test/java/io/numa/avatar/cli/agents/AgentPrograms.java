package io.numa.avatar.cli.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Real coding agents from npm, in the versions of the lock files in the resources {@code agents}.
 * They are below {@code target/agents}, and stay there for the next build.
 */
final class AgentPrograms {
  private static final Path AGENTS = Path.of("target", "agents").toAbsolutePath();
  private static final Map<String, Installation> INSTALLED = new ConcurrentHashMap<>();

  private AgentPrograms() {}

  /** The folder of its programs, or why it has none. */
  private record Installation(Path programs, Optional<String> problem) {}

  /**
   * Installs an agent if it is missing, and returns the folder of its programs. If that is not
   * possible here, skips the test, and says so on the console.
   */
  static Path install(String agent) {
    Installation made = INSTALLED.computeIfAbsent(agent, AgentPrograms::tryToInstall);
    made.problem().ifPresent(Assumptions::abort);
    return made.programs();
  }

  private static Installation tryToInstall(String agent) {
    Path programs = AGENTS.resolve(agent).resolve("node_modules/.bin");
    Optional<String> problem = problem(agent);
    problem.ifPresent(
        text ->
            System.err.println(
                "WARNING: the tests with the coding agent " + agent + " are SKIPPED: " + text));
    return new Installation(programs, problem);
  }

  private static Optional<String> problem(String agent) {
    try {
      Path folder = Files.createDirectories(AGENTS.resolve(agent));
      Path done = folder.resolve("installed-package-lock.json");
      String lock = resource(agent + "/package-lock.json");
      requireNode();
      if (Files.exists(done) && Files.readString(done).equals(lock)) {
        return Optional.empty();
      }
      Files.writeString(folder.resolve("package.json"), resource(agent + "/package.json"));
      Files.writeString(folder.resolve("package-lock.json"), lock);
      Optional<String> problem = runNpm(folder);
      if (problem.isEmpty()) {
        Files.writeString(done, lock);
      }
      return problem;
    } catch (IOException e) {
      return Optional.of("node or npm is missing: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /** The agents of an earlier build need node, too. */
  private static void requireNode() throws IOException, InterruptedException {
    new ProcessBuilder("node", "--version")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = AgentPrograms.class.getResourceAsStream("/agents/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }

  /** Uses the settings and the cache of npm in the operator's home. */
  private static Optional<String> runNpm(Path folder) throws IOException, InterruptedException {
    Path printed = folder.resolve("npm.log");
    var npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--no-update-notifier")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    npm.environment().put("HOME", System.getProperty("npm.home", System.getenv("HOME")));
    Process process = npm.start();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return Optional.of("npm did not end within 5 minutes");
    }
    return process.exitValue() == 0
        ? Optional.empty()
        : Optional.of("npm ended with " + process.exitValue() + ":\n" + Files.readString(printed));
  }
}
