package io.numa.avatar.git.internal.worktree;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.numa.avatar.git.internal.support.ByteArrays;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Git index, version 2 (gitformat-index(5)), of the files that the checkout wrote: with
 * their sizes and times, so that {@code git status} need not read the files. JGit's own writer
 * checks and sorts every path again, and takes several times as long for a large tree.
 */
public final class IndexFile {
  private static final int VERSION = 2;
  private static final int NANOS = 1_000_000_000;
  private static final int MAX_LENGTH = 0xfff;

  /**
   * The flag of an entry that is not in the tree, and that Git would report as deleted without the
   * flag.
   */
  private static final int ASSUME_VALID = 0x8000;

  /** In bytes: the length of an entry before its path. */
  private static final int FIXED = 62;

  private static final int ALIGNMENT = 8;
  private static final byte[] PADDING = new byte[ALIGNMENT];

  private IndexFile() {}

  /**
   * Writes the index.
   *
   * @param objects has the contents of folders that the tree leaves out
   */
  public static void write(SnapshotFolder files, ObjectReader objects, Path file)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    addLines(files, new byte[0], objects, lines);
    MessageDigest sum = Constants.newMessageDigest();
    try (var out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(Files.newOutputStream(file), sum), 1 << 16))) {
      out.write("DIRC".getBytes(US_ASCII));
      out.writeInt(VERSION);
      out.writeInt(lines.size());
      byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
      for (Line line : lines) {
        write(line, id, out);
      }
      out.flush();
      out.write(sum.digest());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(byte[] path, SnapshotEntry entry) {}

  /** Adds the entries. The order of names in a Git tree gives the index's order of paths. */
  private static void addLines(
      SnapshotFolder folder, byte[] prefix, ObjectReader objects, List<Line> lines)
      throws IOException {
    for (SnapshotEntry entry : folder.entries()) {
      byte[] path = ByteArrays.join(prefix, entry.name());
      SnapshotFolder inner = inner(entry, objects);
      if (inner == null) {
        lines.add(new Line(path, entry));
      } else {
        addLines(inner, ByteArrays.join(path, new byte[] {'/'}), objects, lines);
      }
    }
  }

  private static @Nullable SnapshotFolder inner(SnapshotEntry entry, ObjectReader objects)
      throws IOException {
    return entry.isFolder() && entry.isLeftOut()
        ? TreeObjects.leftOut(objects, entry.id())
        : entry.folder();
  }

  private static void write(Line line, byte[] id, DataOutputStream out) throws IOException {
    writeStamp(line.entry(), out);
    line.entry().id().copyRawTo(id, 0);
    out.write(id);
    int length = Math.min(line.path().length, MAX_LENGTH);
    out.writeShort(line.entry().isLeftOut() ? length | ASSUME_VALID : length);
    out.write(line.path());
    out.write(PADDING, 0, ALIGNMENT - (FIXED + line.path().length) % ALIGNMENT);
  }

  private static void writeStamp(SnapshotEntry entry, DataOutputStream out) throws IOException {
    FileStat stat = entry.isSubmodule() ? null : entry.stamp();
    writeTime(stat == null ? 0 : stat.changed(), out);
    writeTime(stat == null ? 0 : stat.modified(), out);
    out.writeLong(0); // device and inode, which the configuration excludes from comparison
    out.writeInt(entry.mode().getBits());
    out.writeLong(0); // owner and group
    out.writeInt(stat == null ? 0 : (int) stat.size());
  }

  private static void writeTime(long nanos, DataOutputStream out) throws IOException {
    out.writeInt((int) (nanos / NANOS));
    out.writeInt((int) (nanos % NANOS));
  }
}
