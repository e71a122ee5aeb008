package io.numa.avatar.port.repository;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;

/** What a change does to its base commit. Not thread-safe. */
public interface ReadableChange {
  /** Gives the files that differ from the base commit, sorted by path. */
  List<ChangedFile> changes();

  /** Writes the difference to the base commit, as a Git diff. */
  void diff(OutputStream out) throws IOException;

  /**
   * Reads the additions of the change, file by file in the order of {@link #changes}. For a new
   * file, that is its path and a line end first. Then come the added lines of a text file, or the
   * whole content of another file, or the target of a link. A file that was only moved adds its new
   * path. A file that was only deleted adds nothing.
   *
   * @param files opens the sink for the additions of a file, given the file's path
   * @throws PortException of kind {@code UNAVAILABLE} if the change cannot be read
   */
  void added(Function<WorkspacePath, OutputSink> files);
}
