package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.support.Seal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Stores the notes about a working tree in a file, for use after a restart. The file may be old: if
 * a note is not true any more, the entry's state on disk differs from the noted one.
 */
public final class SnapshotFile {
  /**
   * "NWN" and the format's number. It also counts the rules by which files are written: a tree that
   * was written by other rules must not be taken for what it should be. 2: Git's rules for text,
   * {@code working-tree-encoding} and {@code ident}, and more forms of LFS pointers. 3: a seal in
   * place of a checksum.
   */
  private static final int FORMAT = 0x4e574e03;

  private SnapshotFile() {}

  /**
   * Writes the notes.
   *
   * @param features the features with which the tree was written
   * @param seal marks the notes, as a later task believes them
   */
  public static void write(TreeSnapshot tree, String features, Path file, Seal seal)
      throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    var notes = new ByteArrayOutputStream();
    var out = new DataOutputStream(notes);
    out.writeInt(FORMAT);
    out.writeUTF(features);
    out.writeLong(tree.writtenBy());
    writeFolder(tree.root(), out);
    out.flush();
    notes.writeBytes(seal.of(file, notes.toByteArray()));
    Files.write(next, notes.toByteArray());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads the notes.
   *
   * @throws IOException if there are none, or they are damaged, or another version or program has
   *     written them, or the tree was written with other features
   */
  public static TreeSnapshot read(Path file, String features, Seal seal) throws IOException {
    byte[] notes = Files.readAllBytes(file);
    int end = notes.length - Seal.LENGTH;
    if (end < Integer.BYTES || ByteBuffer.wrap(notes).getInt() != FORMAT) {
      throw new IOException("'" + file + "' was written by another version");
    }
    byte[] mark = Arrays.copyOfRange(notes, end, notes.length);
    if (!seal.matches(mark, file, Arrays.copyOf(notes, end))) {
      throw new IOException("'" + file + "' is damaged, or another program has changed it");
    }
    var in = new DataInputStream(new ByteArrayInputStream(notes, Integer.BYTES, end));
    if (!in.readUTF().equals(features)) {
      throw new IOException("'" + file + "' is of a tree with other git.lfs or git.sparse");
    }
    long writtenBy = in.readLong();
    return new TreeSnapshot(readFolder(in), writtenBy);
  }

  private static void writeFolder(SnapshotFolder folder, DataOutputStream out) throws IOException {
    writeId(folder.tree(), out);
    out.writeBoolean(folder.isSettledAs(folder.tree()));
    writeStamp(folder.stamp(), out);
    out.writeInt(folder.untracked().size());
    for (String name : folder.untracked()) {
      out.writeUTF(name);
    }
    out.writeInt(folder.entries().size());
    for (SnapshotEntry entry : folder.entries()) {
      writeEntry(entry, out);
    }
  }

  private static void writeEntry(SnapshotEntry entry, DataOutputStream out) throws IOException {
    out.writeInt(entry.name().length);
    out.write(entry.name());
    out.writeInt(entry.mode().getBits());
    writeId(entry.id(), out);
    out.writeBoolean(entry.isLeftOut());
    SnapshotFolder folder = entry.folder();
    if (folder != null) {
      writeFolder(folder, out);
      return;
    }
    writeStamp(entry.stamp(), out);
    ObjectId inTree = entry.inTree();
    out.writeBoolean(inTree != null);
    if (inTree != null) {
      writeId(inTree, out);
    }
  }

  private static SnapshotFolder readFolder(DataInputStream in) throws IOException {
    ObjectId tree = readId(in);
    boolean settled = in.readBoolean();
    FileStat stat = readStamp(in);
    List<String> untracked = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      untracked.add(in.readUTF());
    }
    List<SnapshotEntry> entries = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      entries.add(readEntry(in));
    }
    var folder = new SnapshotFolder(tree, entries);
    folder.untracked().addAll(untracked);
    if (settled && stat != null) {
      folder.settle(tree, entries, stat);
    }
    return folder;
  }

  private static SnapshotEntry readEntry(DataInputStream in) throws IOException {
    byte[] name = in.readNBytes(in.readInt());
    FileMode mode = FileMode.fromBits(in.readInt());
    ObjectId id = readId(in);
    boolean leftOut = in.readBoolean();
    if (mode.equals(FileMode.TREE) && !leftOut) {
      return SnapshotEntry.folder(name, id, readFolder(in));
    }
    SnapshotEntry entry = SnapshotEntry.of(name, mode, id);
    if (leftOut) {
      entry = entry.leftOut();
    }
    FileStat stat = readStamp(in);
    ObjectId inTree = in.readBoolean() ? readId(in) : null;
    if (stat != null) {
      entry.written(stat, inTree);
    }
    return entry;
  }

  private static void writeId(ObjectId id, DataOutputStream out) throws IOException {
    byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
    id.copyRawTo(raw, 0);
    out.write(raw);
  }

  private static ObjectId readId(DataInputStream in) throws IOException {
    byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
    in.readFully(raw);
    return ObjectId.fromRaw(raw);
  }

  private static void writeStamp(@Nullable FileStat stat, DataOutputStream out) throws IOException {
    out.writeBoolean(stat != null);
    if (stat != null) {
      out.writeLong(stat.device());
      out.writeLong(stat.inode());
      out.writeInt(stat.mode());
      out.writeLong(stat.size());
      out.writeLong(stat.modified());
      out.writeLong(stat.changed());
    }
  }

  private static @Nullable FileStat readStamp(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new FileStat(
            in.readLong(), in.readLong(), in.readInt(), in.readLong(), in.readLong(), in.readLong())
        : null;
  }
}
