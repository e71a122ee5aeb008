package io.numa.avatar.cli.ecosystems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.cli.AvatarProcess;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A repository, and an operator who has the packaged avatar carry out plans in it. The folders of
 * the sandboxes stay from plan to plan.
 */
final class ExecWorld implements AutoCloseable {
  /** What a shell runs first so that its programs find the way out without any variable. */
  static final String WITHOUT_PROXIES =
      "unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY no_proxy NO_PROXY\n";

  /** The build's own, where managers of tools' versions are. */
  static final Path BUILDERS_HOME = Path.of(System.getProperty("npm.home", System.getenv("HOME")));

  private final Path folder;
  private final GitServer git;
  private final Map<String, String> environment = new HashMap<>();
  private Path home;
  private String sandbox = "{}";

  /**
   * @param folder an existing folder for all files
   * @param files of the repository
   */
  ExecWorld(Path folder, Map<String, String> files) throws IOException {
    requireNamespaces();
    this.folder = folder;
    this.home = Files.createDirectories(folder.resolve("operator"));
    this.git = GitServer.start(Files.createDirectory(folder.resolve("git")));
    git.createRepository("project").seed("main", files);
    manager("RUSTUP_HOME", ".rustup");
    manager("PYENV_ROOT", ".pyenv");
  }

  /** Without user namespaces there is no way out that could be tested. */
  private static void requireNamespaces() {
    boolean has = ends("unshare", "-Urn", "true");
    if (!has) {
      System.err.println("WARNING: tests of ecosystems are SKIPPED: no user namespaces here");
    }
    assumeTrue(has, "no user namespaces here");
  }

  /**
   * Whether this machine has a program that tells its version, which a manager's stand-in without
   * any version does not; says so on the console if not, as tests are left out.
   */
  static boolean has(String program) {
    boolean has = ends(program, program.equals("go") ? "version" : "--version");
    if (!has) {
      System.err.println("WARNING: tests with " + program + " are SKIPPED: it is not here");
    }
    return has;
  }

  private static boolean ends(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Skips the test unless this machine has all these programs. */
  static void require(String... programs) {
    for (String program : programs) {
      assumeTrue(has(program), program + " is not here");
    }
  }

  private void manager(String variable, String usual) {
    Path there = BUILDERS_HOME.resolve(usual);
    if (Files.isDirectory(there)) {
      environment.put(variable, there.toString());
    }
  }

  /** Gives the avatar the HOME of the operator who runs this build. */
  ExecWorld withHomeOfTheBuild() {
    home = BUILDERS_HOME;
    return this;
  }

  /** Writes a file below the operator's HOME. */
  ExecWorld setting(String path, String text) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  ExecWorld variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Sets the configuration's section {@code sandbox}. */
  ExecWorld sandbox(String section) {
    sandbox = section;
    return this;
  }

  /**
   * Carries out a plan with one step, which must succeed.
   *
   * @return what the avatar printed
   */
  String carryOut(String script, String... options) throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("config.yaml"),
        "avatar: {id: local, workspace: workspace}\nsandbox: " + sandbox + "\n");
    Files.writeString(
        folder.resolve("plan.yaml"),
        "version: 1\nsteps:\n  - run:\n      timeout: 10m\n      command: |\n"
            + (WITHOUT_PROXIES + "set -e\n" + script).indent(8)
            + "test: {command: 'true'}\n");
    var all = new ArrayList<>(List.of("exec", "--config", "config.yaml", "--plan", "plan.yaml"));
    all.addAll(List.of("--repo", git.path("project").toString(), "--dry-run"));
    all.addAll(List.of(options));
    try (var avatar = AvatarProcess.start(folder, variables(), all.toArray(String[]::new))) {
      assertThat(avatar.await()).as(avatar.console()).isZero();
      return avatar.console();
    }
  }

  private Map<String, String> variables() {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", home.toString());
    all.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    return all;
  }

  /** What a step of this avatar printed. */
  static List<String> printed(String console) {
    try (Stream<String> lines = console.lines()) {
      return lines.filter(line -> line.startsWith("| ")).map(line -> line.substring(2)).toList();
    }
  }

  @Override
  public void close() {
    git.close();
  }
}
