package io.numa.avatar.git;

import io.numa.avatar.plan.WorkspacePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.patch.BinaryHunk;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.util.RawParseUtils;
import org.eclipse.jgit.util.io.BinaryDeltaInputStream;
import org.eclipse.jgit.util.io.BinaryHunkInputStream;

/** Applies a diff's {@code GIT binary patch}, literal or delta, to a file's bytes. */
final class BinaryHunks {
  private final WorkspacePath path;
  private final FileHeader header;

  BinaryHunks(WorkspacePath path, FileHeader header) {
    this.path = path;
    this.header = header;
  }

  /** Checks the bytes before and after against the ids that the diff names. */
  byte[] apply(byte[] content) {
    BinaryHunk hunk = header.getForwardBinaryHunk();
    if (hunk == null) {
      throw PatchConflict.invalid(
          "it has no content for the binary file '" + path + "'; make it by 'git diff --binary'");
    }
    if (!isComplete(header.getOldId()) || !isComplete(header.getNewId())) {
      throw PatchConflict.invalid(
          "it has no full ids for the binary file '" + path + "'; make it by 'git diff --binary'");
    }
    if (!matches(header.getOldId(), content)) {
      throw PatchConflict.at(path, "the binary file is not the one that was changed");
    }
    byte[] result = decode(hunk, content);
    if (!matches(header.getNewId(), result)) {
      throw PatchConflict.invalid("the content of the binary file '" + path + "' is damaged");
    }
    return result;
  }

  private byte[] decode(BinaryHunk hunk, byte[] content) {
    int start = RawParseUtils.nextLF(hunk.getBuffer(), hunk.getStartOffset());
    int length = hunk.getEndOffset() - start;
    try (InputStream data =
        new InflaterInputStream(
            new BinaryHunkInputStream(new ByteArrayInputStream(hunk.getBuffer(), start, length)))) {
      if (hunk.getType() == BinaryHunk.Type.LITERAL_DEFLATED) {
        return data.readNBytes(hunk.getSize());
      }
      byte[] delta = data.readNBytes(hunk.getSize());
      try (var result = new BinaryDeltaInputStream(content, new ByteArrayInputStream(delta))) {
        return result.readAllBytes();
      }
    } catch (IOException | RuntimeException e) { // of the last, JGit throws several
      throw PatchConflict.invalid(
          "the content of the binary file '" + path + "' is damaged: " + e.getMessage());
    }
  }

  private static boolean isComplete(AbbreviatedObjectId id) {
    return id != null && id.isComplete();
  }

  private static boolean matches(AbbreviatedObjectId expected, byte[] content) {
    ObjectId id = expected.toObjectId();
    return id.equals(ObjectId.zeroId())
        ? content.length == 0
        : id.equals(new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, content));
  }
}
