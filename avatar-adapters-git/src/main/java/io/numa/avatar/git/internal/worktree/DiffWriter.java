package io.numa.avatar.git.internal.worktree;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.util.io.BinaryHunkOutputStream;

/**
 * Writes the difference of two trees as {@code git diff --binary --full-index -M} does. Of binary
 * files, JGit's formatter writes only that they differ.
 */
public final class DiffWriter {
  private static final byte[] DIFFER = "Binary files differ\n".getBytes(US_ASCII);

  private DiffWriter() {}

  /** Writes the difference, one file at a time. */
  public static void write(Repository repository, ObjectId from, ObjectId to, OutputStream out)
      throws IOException {
    try (var formatter = new DiffFormatter(out);
        ObjectReader objects = repository.newObjectReader()) {
      formatter.setRepository(repository);
      formatter.setDetectRenames(true);
      formatter.setAbbreviationLength(Constants.OBJECT_ID_STRING_LENGTH);
      for (DiffEntry entry : formatter.scan(from, to)) {
        FileHeader header = formatter.toFileHeader(entry);
        if (header.getPatchType() == FileHeader.PatchType.UNIFIED) {
          formatter.format(entry);
          formatter.flush();
        } else {
          writeBinary(header, entry, objects, out);
        }
      }
    }
  }

  private static void writeBinary(
      FileHeader header, DiffEntry entry, ObjectReader objects, OutputStream out)
      throws IOException {
    byte[] text = header.getBuffer();
    int end = text.length - DIFFER.length;
    if (!Arrays.equals(text, end, text.length, DIFFER, 0, DIFFER.length)) {
      throw new IOException("unknown diff header: " + new String(text, US_ASCII));
    }
    out.write(text, 0, end);
    out.write("GIT binary patch\n".getBytes(US_ASCII));
    writeLiteral(entry.getNewId().toObjectId(), objects, out);
    writeLiteral(entry.getOldId().toObjectId(), objects, out);
  }

  private static void writeLiteral(ObjectId id, ObjectReader objects, OutputStream out)
      throws IOException {
    boolean none = id.equals(ObjectId.zeroId());
    ObjectLoader blob = none ? null : objects.open(id, Constants.OBJ_BLOB);
    long size = blob == null ? 0 : blob.getSize();
    out.write(("literal " + size + "\n").getBytes(US_ASCII));
    var lines = new BinaryHunkOutputStream(out);
    var deflater = new DeflaterOutputStream(lines);
    if (blob != null) {
      blob.copyTo(deflater);
    }
    deflater.finish();
    lines.flush();
    out.write('\n');
  }
}
