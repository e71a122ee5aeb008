package io.numa.avatar.workspace;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The content of a file that is not in the tree yet. Write it, close it, then put it. Writing more
 * bytes than the largest allowed file fails. Not thread-safe.
 */
public final class Draft extends FilterOutputStream {
  private final Folder folder;
  private final Path name;
  private final long largest;
  private long size;

  Draft(Folder folder, Path name, OutputStream file, long largest) {
    super(file);
    this.folder = folder;
    this.name = name;
    this.largest = largest;
  }

  Path name() {
    return name;
  }

  /** How many bytes were written. */
  public long size() {
    return size;
  }

  /** Opens the written content for reading; only before it is put. */
  public InputStream open() throws IOException {
    return folder.read(name);
  }

  @Override
  public void write(int value) throws IOException {
    count(1);
    out.write(value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    count(length);
    out.write(bytes, offset, length); // the superclass would write each byte by itself
  }

  private void count(int bytes) throws WorkspaceException {
    size += bytes;
    if (size > largest) {
      throw WorkspaceException.denied(
          "a file of more than " + largest + " bytes, which guard.max_file_size does not allow");
    }
  }

  /** Throws the first failure, such as an interrupt, and not the failures that follow from it. */
  @Override
  public void close() throws IOException {
    try (OutputStream file = out) {
      file.flush();
    }
  }
}
