package io.numa.avatar.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code git} of this machine, used on a bare repository, or on none. */
final class BareGit {
  private final Path folder;

  /** Git in a folder that exists; commands that need a repository find it there. */
  BareGit(Path folder) {
    this.folder = folder;
  }

  /** Hides the settings of the user and the machine from every Git process. */
  static void isolate(Map<String, String> environment, Path home) {
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_AUTHOR_NAME", "Benchmark");
    environment.put("GIT_AUTHOR_EMAIL", "benchmark@invalid");
    environment.put("GIT_COMMITTER_NAME", "Benchmark");
    environment.put("GIT_COMMITTER_EMAIL", "benchmark@invalid");
  }

  /** Writes the input of a command. */
  interface Input {
    void write(OutputStream out) throws IOException;
  }

  /** Runs a command, and returns its output. */
  String text(String... arguments) throws IOException, InterruptedException {
    return feed(out -> {}, arguments);
  }

  /** Runs a command that reads something before it prints anything. */
  String feed(Input input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    isolate(builder.environment(), folder);
    Process process = builder.start();
    try (OutputStream out = process.getOutputStream()) {
      input.write(out);
    } catch (IOException e) {
      // The command has ended early; its error output says why.
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("could not run git " + List.of(arguments) + ": " + output);
    }
    return output;
  }
}
