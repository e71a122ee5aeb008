package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The {@code git} of this machine, without the user's settings. It has a separate Git directory
 * that reads a repository's objects, and a tree beside it. Not thread-safe.
 */
final class NativeGit {
  private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

  private final Path directory;
  private final Path tree;
  private final Path errors;

  /** The output of a command, and whether it succeeded. */
  record Answer(int exitCode, String output, String errors) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  private NativeGit(Path directory, Path tree) {
    this.directory = directory;
    this.tree = tree;
    this.errors = directory.resolve("last-errors");
  }

  /**
   * Makes the Git directory.
   *
   * @param objects the {@code objects} folders of the repositories to read
   */
  static NativeGit create(Path gitDirectory, Path tree, List<Path> objects)
      throws IOException, InterruptedException {
    Files.createDirectories(gitDirectory);
    var git = new NativeGit(gitDirectory, tree);
    git.run("init", "--quiet", "--bare", gitDirectory.toString());
    git.set("core.autocrlf", "false");
    git.set("core.eol", "lf");
    git.set("core.filemode", "true");
    git.set("core.logAllRefUpdates", "false");
    git.set("gc.auto", "0");
    var alternates = new StringBuilder();
    for (Path folder : objects) {
      alternates.append(folder.toRealPath()).append('\n');
    }
    write(gitDirectory.resolve("objects/info/alternates"), alternates.toString());
    // The avatar respects only the attributes about line ends.
    write(gitDirectory.resolve("info/attributes"), "* -ident !working-tree-encoding !filter\n");
    return git;
  }

  /** The commit of a repository's HEAD. */
  static String head(Path repository) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("head-");
    try {
      var git = new NativeGit(scratch, scratch);
      return git.text(
          "--git-dir=" + repository.toAbsolutePath(), "rev-parse", "--verify", "HEAD^{commit}");
    } finally {
      KeptTree.delete(scratch);
    }
  }

  private void set(String key, String value) throws IOException, InterruptedException {
    run("config", key, value);
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }

  Path tree() {
    return tree;
  }

  Path index() {
    return directory.resolve("index");
  }

  /** Runs a command that looks at no tree. */
  private byte[] run(String... arguments) throws IOException, InterruptedException {
    Process process = start(command(false, arguments), NOTHING);
    byte[] output = process.getInputStream().readAllBytes();
    require(process.waitFor(), arguments);
    return output;
  }

  /** Runs a command that looks at no tree, and gives the text that it printed. */
  String text(String... arguments) throws IOException, InterruptedException {
    return new String(run(arguments), UTF_8).strip();
  }

  /** Runs a command that looks at no tree, and has its output written to a file. */
  void write(Path output, String... arguments) throws IOException, InterruptedException {
    Process process =
        builder(command(false, arguments), NOTHING).redirectOutput(output.toFile()).start();
    require(process.waitFor(), arguments);
  }

  private void require(int exitCode, String... arguments) throws IOException {
    if (exitCode != 0) {
      throw new IOException("could not run git " + List.of(arguments) + ": " + errorText());
    }
  }

  /** Runs a command in the tree; returns its output also if it fails. */
  Answer ask(String... arguments) throws IOException, InterruptedException {
    Process process = start(command(true, arguments), NOTHING);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return new Answer(process.waitFor(), output, errorText());
  }

  /** Reads the output of a command while it runs. */
  interface Reading {
    void read(InputStream output) throws IOException;
  }

  /** Runs a command that looks at no tree. */
  Answer stream(Path input, Reading reading, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(command(false, arguments), Redirect.from(input.toFile()));
    try (var output = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      reading.read(output);
    }
    return new Answer(process.waitFor(), "", errorText());
  }

  private List<String> command(boolean inTree, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + directory));
    if (inTree) {
      command.add("--work-tree=" + tree);
    }
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private Process start(List<String> command, Redirect input) throws IOException {
    return builder(command, input).start();
  }

  private ProcessBuilder builder(List<String> command, Redirect input) {
    boolean inTree = command.get(2).startsWith("--work-tree=");
    var builder = new ProcessBuilder(command).directory((inTree ? tree : directory).toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("LC_ALL", "C");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_ATTR_NOSYSTEM", "1");
    environment.put("GIT_NO_REPLACE_OBJECTS", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    return builder.redirectInput(input).redirectError(errors.toFile());
  }

  private String errorText() throws IOException {
    return new String(Files.readAllBytes(errors), UTF_8).strip();
  }
}
