package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.eclipse.jgit.lib.Constants;

/**
 * Writes a Git index, version 2 (gitformat-index(5)), of files as they were written: with their
 * sizes and times, so that {@code git status} need not read any. JGit's own, which checks and sorts
 * every path once more, takes several times as long for a large tree.
 */
final class IndexFile {
  private static final int VERSION = 2;
  private static final int NANOS = 1_000_000_000;
  private static final int MAX_LENGTH = 0xfff;

  /** Of an entry, before its path. */
  private static final int FIXED = 62;

  private static final int ALIGNMENT = 8;
  private static final byte[] PADDING = new byte[ALIGNMENT];

  private IndexFile() {}

  static void write(BaseFolder files, Path file) throws IOException {
    MessageDigest sum = Constants.newMessageDigest();
    try (var out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(Files.newOutputStream(file), sum), 1 << 16))) {
      out.write("DIRC".getBytes(US_ASCII));
      out.writeInt(VERSION);
      out.writeInt(count(files));
      writeEntries(files, new byte[0], out);
      out.flush();
      out.write(sum.digest());
    }
  }

  private static int count(BaseFolder folder) {
    int count = 0;
    for (BaseEntry entry : folder.entries()) {
      BaseFolder inner = entry.folder();
      count += inner == null ? 1 : count(inner);
    }
    return count;
  }

  /** Git's order of a tree's names is the index's order of paths. */
  private static void writeEntries(BaseFolder folder, byte[] prefix, DataOutputStream out)
      throws IOException {
    byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
    for (BaseEntry entry : folder.entries()) {
      byte[] path = Bytes.join(prefix, entry.name());
      BaseFolder inner = entry.folder();
      if (inner != null) {
        writeEntries(inner, Bytes.join(path, new byte[] {'/'}), out);
      } else {
        writeStamp(entry, out);
        entry.id().copyRawTo(id, 0);
        out.write(id);
        out.writeShort(Math.min(path.length, MAX_LENGTH));
        out.write(path);
        out.write(PADDING, 0, ALIGNMENT - (FIXED + path.length) % ALIGNMENT);
      }
    }
  }

  private static void writeStamp(BaseEntry entry, DataOutputStream out) throws IOException {
    Stamp stamp = entry.isSubmodule() ? null : entry.stamp();
    writeTime(stamp == null ? 0 : stamp.changed(), out);
    writeTime(stamp == null ? 0 : stamp.modified(), out);
    out.writeLong(0); // device and inode, which are not compared, see the configuration
    out.writeInt(entry.mode().getBits());
    out.writeLong(0); // owner and group
    out.writeInt(stamp == null ? 0 : (int) stamp.size());
  }

  private static void writeTime(long nanos, DataOutputStream out) throws IOException {
    out.writeInt((int) (nanos / NANOS));
    out.writeInt((int) (nanos % NANOS));
  }
}
