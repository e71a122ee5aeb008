package io.numa.avatar.git.internal.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The text of one of the files in a repository that direct Git: {@code .gitignore}, {@code
 * .gitattributes}, {@code .gitmodules} or {@code .lfsconfig}. As in Git, a byte order mark at its
 * beginning is no part of the text. The file must be a regular one: callers check that, as Git does
 * not follow links here.
 */
public final class SmallFile {
  /** A file without text, or no file. */
  public static final SmallFile EMPTY = new SmallFile(new byte[0]);

  /** In bytes; each line of the rules takes some memory. */
  private static final int LARGEST = 10 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final byte[] text;

  private SmallFile(byte[] text) {
    this.text = text;
  }

  /**
   * Reads a file.
   *
   * @param path its path in the repository, for messages
   * @throws PortException of kind {@code DENIED} if it has more than 10 MiB
   */
  public static SmallFile read(String path, InputStream file) throws IOException {
    byte[] bytes = file.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new PortException(
          FailureKind.DENIED,
          "could not read '"
              + WorkspacePath.shown(path)
              + "' of the repository: it has more than "
              + (LARGEST >> 20)
              + " MiB");
    }
    return of(bytes);
  }

  /**
   * Reads a file from Git.
   *
   * @param path its path in the repository, for messages
   * @throws PortException of kind {@code DENIED} if it has more than 10 MiB
   */
  public static SmallFile read(String path, ObjectReader objects, ObjectId blob)
      throws IOException {
    try (InputStream in = objects.open(blob, Constants.OBJ_BLOB).openStream()) {
      return read(path, in);
    }
  }

  /** A file of these bytes. */
  public static SmallFile of(byte[] bytes) {
    int mark = BYTE_ORDER_MARK.length;
    boolean marked =
        bytes.length >= mark && Arrays.equals(bytes, 0, mark, BYTE_ORDER_MARK, 0, mark);
    return new SmallFile(marked ? Arrays.copyOfRange(bytes, mark, bytes.length) : bytes);
  }

  /**
   * The lines, without their ends. A line ends in LF or CR LF; the last one may have no end. As in
   * Git, a NUL hides the rest of its line.
   *
   * @return texts whose characters are the bytes, as rules match paths byte by byte
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < text.length; ) {
      int end = start;
      int nul = -1;
      for (; end < text.length && text[end] != '\n'; end++) {
        nul = nul < 0 && text[end] == 0 ? end : nul;
      }
      int last = end > start && text[end - 1] == '\r' ? end - 1 : end;
      lines.add(new String(text, start, (nul < 0 ? last : nul) - start, ISO_8859_1));
      start = end + 1;
    }
    return lines;
  }

  /**
   * The settings, if it is a file in the form of Git's configuration. Bytes that are not UTF-8 are
   * as in a {@link WorkspacePath}.
   *
   * @throws ConfigInvalidException if it is damaged
   */
  public Config config() throws ConfigInvalidException {
    var config = new Config();
    config.fromText(WorkspacePath.decode(text));
    return config;
  }
}
