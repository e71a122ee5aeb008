package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The measure of all things, on a bare repository. */
final class NativeGit {
  private final Path repository;

  NativeGit(Path repository) {
    this.repository = repository;
  }

  /** Runs a command to its end; empty if it fails. */
  Optional<byte[]> run(byte[] input, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command);
    builder.environment().put("GIT_DIR", repository.toString());
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      // it has had enough
    }
    var output = new ByteArrayOutputStream();
    try (InputStream out = process.getInputStream()) {
      out.transferTo(output);
    }
    return process.waitFor() == 0 ? Optional.of(output.toByteArray()) : Optional.empty();
  }

  /** The difference of two trees. */
  byte[] diff(String from, String to, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "diff-tree", "-r", "-p", "--binary"));
    command.addAll(options);
    command.addAll(List.of(from, to));
    return run(new byte[0], Map.of(), command).orElseThrow();
  }

  /** The tree that {@code git apply} makes of another one; empty if it refuses. */
  Optional<String> apply(String tree, byte[] diff, Path index, String option)
      throws IOException, InterruptedException {
    String script =
        "rm -f \"$GIT_INDEX_FILE\"; git read-tree "
            + tree
            + " && git apply --cached --whitespace=nowarn "
            + option
            + " && git write-tree --missing-ok";
    return run(diff, Map.of("GIT_INDEX_FILE", index.toString()), List.of("sh", "-c", script))
        .map(output -> new String(output, US_ASCII).strip());
  }
}
