package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.console.View;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.PatchNotes;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.task.TaskId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a commit that is not pushed to a file, so that it does not end with its working copy. */
final class PatchFile implements RunListener {
  private final View view;
  private final Path file;
  private final boolean mayReplace;
  private Optional<String> problem = Optional.empty();

  private PatchFile(View view, Path file, boolean mayReplace) {
    this.view = view;
    this.file = file;
    this.mayReplace = mayReplace;
  }

  /**
   * Chooses the file.
   *
   * @param output the operator's choice, which may replace a file; when null, a new file in the
   *     working directory
   * @param name its name then, without extension
   * @throws UsageException if it cannot be written
   */
  static PatchFile of(View view, @Nullable Path output, String name) {
    Path file = output == null ? Path.of(name + ".patch") : output;
    Path folder = file.toAbsolutePath().resolveSibling("");
    if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UsageException(
          "could not write the patch '"
              + file
              + "': no file can be made there; name one with"
              + " --output");
    }
    return new PatchFile(view, file, output != null);
  }

  @Override
  public void kept(TaskId task, LocalCommit commit) {
    try {
      writeBesideEarlierOnes(commit);
    } catch (IOException e) {
      problem = Optional.of("could not write the patch '" + file + "': " + e.getMessage());
    }
  }

  private void writeBesideEarlierOnes(LocalCommit commit) throws IOException {
    int number = 1;
    while (true) {
      Path next = number == 1 ? file : numbered(number);
      try {
        view.patched(next, write(commit, next));
        return;
      } catch (FileAlreadyExistsException e) {
        number++;
      }
    }
  }

  /** Why there is no patch. */
  Optional<String> problem() {
    return problem;
  }

  private PatchNotes write(LocalCommit commit, Path place) throws IOException {
    OpenOption[] options =
        mayReplace
            ? new OpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE
            }
            : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(place, options))) {
      return commit.writePatch(out);
    }
  }

  private Path numbered(int number) {
    String name = file.getFileName().toString();
    int end = name.length() - ".patch".length();
    return file.resolveSibling(name.substring(0, end) + "-" + number + ".patch");
  }
}
