package io.numa.avatar.git.internal.objects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.util.NB;

/** Stores the first pack of a repository, and makes its index. */
public interface PackIndexer {
  /** The length of a pack's header, in bytes. */
  int HEADER = 12;

  /**
   * Reads a pack to its end and stores it.
   *
   * @return the pack's file
   * @throws CorruptObjectException if the pack is damaged, or needs objects outside it
   */
  Path store(InputStream in) throws IOException;

  /** The number of objects that the header of a pack announces; -1 if it is not a Git pack. */
  static long count(byte[] header) {
    byte[] signature = {'P', 'A', 'C', 'K', 0, 0, 0, 2};
    boolean pack =
        header.length == HEADER
            && Arrays.equals(header, 0, signature.length, signature, 0, signature.length);
    return pack ? NB.decodeUInt32(header, signature.length) : -1;
  }
}
