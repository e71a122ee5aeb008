package io.numa.avatar.git;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was noted of a working tree in a file, for the time after a restart. The file may be
 * as old as it likes: where a note is not true any more, the stamp is another.
 */
final class TreeNotes {
  private static final int FORMAT = 0x4e574e01;
  private static final int BUFFER = 1 << 16;

  private TreeNotes() {}

  /**
   * Writes the notes.
   *
   * @param features what the tree was written with
   */
  static void write(BaseTree tree, String features, Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    var sum = new CRC32();
    try (var out =
        new DataOutputStream(
            new CheckedOutputStream(
                new BufferedOutputStream(Files.newOutputStream(next), BUFFER), sum))) {
      out.writeInt(FORMAT);
      out.writeUTF(features);
      out.writeLong(tree.writtenBy());
      writeFolder(tree.root(), out);
      out.flush();
      out.writeLong(sum.getValue());
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads the notes.
   *
   * @throws IOException if there are none, or they are damaged, or another version has written
   *     them, or the tree was written with other features
   */
  static BaseTree read(Path file, String features) throws IOException {
    byte[] notes = Files.readAllBytes(file);
    int end = notes.length - Long.BYTES;
    if (end < Integer.BYTES || ByteBuffer.wrap(notes).getInt() != FORMAT) {
      throw new IOException("'" + file + "' was written by another version");
    }
    var sum = new CRC32();
    sum.update(notes, 0, end);
    if (ByteBuffer.wrap(notes).getLong(end) != sum.getValue()) {
      throw new IOException("'" + file + "' is damaged");
    }
    var in = new DataInputStream(new ByteArrayInputStream(notes, Integer.BYTES, end));
    if (!in.readUTF().equals(features)) {
      throw new IOException("'" + file + "' is of a tree with other git.lfs or git.sparse");
    }
    long writtenBy = in.readLong();
    return new BaseTree(readFolder(in), writtenBy);
  }

  private static void writeFolder(BaseFolder folder, DataOutputStream out) throws IOException {
    writeId(folder.tree(), out);
    out.writeBoolean(folder.isSettledAs(folder.tree()));
    writeStamp(folder.stamp(), out);
    out.writeInt(folder.strangers().size());
    for (String name : folder.strangers()) {
      out.writeUTF(name);
    }
    out.writeInt(folder.entries().size());
    for (BaseEntry entry : folder.entries()) {
      writeEntry(entry, out);
    }
  }

  private static void writeEntry(BaseEntry entry, DataOutputStream out) throws IOException {
    out.writeInt(entry.name().length);
    out.write(entry.name());
    out.writeInt(entry.mode().getBits());
    writeId(entry.id(), out);
    out.writeBoolean(entry.isLeftOut());
    BaseFolder folder = entry.folder();
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

  private static BaseFolder readFolder(DataInputStream in) throws IOException {
    ObjectId tree = readId(in);
    boolean settled = in.readBoolean();
    Stamp stamp = readStamp(in);
    List<String> strangers = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      strangers.add(in.readUTF());
    }
    List<BaseEntry> entries = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      entries.add(readEntry(in));
    }
    var folder = new BaseFolder(tree, entries);
    folder.strangers().addAll(strangers);
    if (settled && stamp != null) {
      folder.settle(tree, entries, stamp);
    }
    return folder;
  }

  private static BaseEntry readEntry(DataInputStream in) throws IOException {
    byte[] name = in.readNBytes(in.readInt());
    FileMode mode = FileMode.fromBits(in.readInt());
    ObjectId id = readId(in);
    boolean leftOut = in.readBoolean();
    if (mode.equals(FileMode.TREE) && !leftOut) {
      return BaseEntry.folder(name, id, readFolder(in));
    }
    BaseEntry entry = BaseEntry.of(name, mode, id);
    if (leftOut) {
      entry = entry.leftOut();
    }
    Stamp stamp = readStamp(in);
    ObjectId inTree = in.readBoolean() ? readId(in) : null;
    if (stamp != null) {
      entry.written(stamp, inTree);
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

  private static void writeStamp(@Nullable Stamp stamp, DataOutputStream out) throws IOException {
    out.writeBoolean(stamp != null);
    if (stamp != null) {
      out.writeLong(stamp.device());
      out.writeLong(stamp.inode());
      out.writeInt(stamp.mode());
      out.writeLong(stamp.size());
      out.writeLong(stamp.modified());
      out.writeLong(stamp.changed());
    }
  }

  private static @Nullable Stamp readStamp(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new Stamp(
            in.readLong(), in.readLong(), in.readInt(), in.readLong(), in.readLong(), in.readLong())
        : null;
  }
}
