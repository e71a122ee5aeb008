package io.numa.avatar.git.internal.patch;

import io.numa.avatar.plan.WorkspacePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.patch.BinaryHunk;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.util.io.BinaryDeltaInputStream;

/** Applies a diff's {@code GIT binary patch}, literal or delta, to a file's bytes. */
final class BinaryHunks {
  private static final int BUFFER = 1 << 16;
  private static final long ANY = -1;

  private final WorkspacePath path;
  private final FileHeader header;

  BinaryHunks(WorkspacePath path, FileHeader header) {
    this.path = path;
    this.header = header;
  }

  /** Whether the result depends on the content before the change. */
  boolean isDelta() {
    return forward().delta();
  }

  /**
   * Writes the changed content.
   *
   * @param before the bytes before the change; used only if this is a delta
   * @param id the blob id of these bytes; not compared if the diff has a zero id, as for a new file
   */
  void apply(byte[] before, ObjectId id, OutputStream out) throws IOException {
    if (!isComplete(header.getOldId()) || !isComplete(header.getNewId())) {
      throw PatchConflict.invalid(
          "it has no full ids for the binary file '" + path + "'; make it by 'git diff --binary'");
    }
    ObjectId expected = header.getOldId().toObjectId();
    if (!expected.equals(ObjectId.zeroId()) && !expected.equals(id)) {
      throw PatchConflict.at(path, "the binary file is not the one that was changed");
    }
    BinaryPiece forward = forward();
    Optional<BinaryPiece> reverse = BinaryPiece.at(forward.text(), forward.next());
    if (reverse.isPresent()) {
      inflate(reverse.get(), OutputStream.nullOutputStream());
    }
    if (forward.delta()) {
      var delta = new ByteArrayOutputStream();
      inflate(forward, delta);
      copy(
          new BinaryDeltaInputStream(before, new ByteArrayInputStream(delta.toByteArray())),
          ANY,
          out);
    } else {
      inflate(forward, out);
    }
  }

  private void inflate(BinaryPiece piece, OutputStream out) throws IOException {
    InputStream encoded = piece.data();
    var inflater = new Inflater();
    try (InputStream data = new InflaterInputStream(encoded, inflater)) {
      copy(data, piece.size(), out);
      if (inflater.getRemaining() > 0 || read(encoded, new byte[1]) > 0) {
        throw PatchConflict.invalid(
            "the content of the binary file '" + path + "' is damaged: more than its size follows");
      }
    } finally {
      inflater.end();
    }
  }

  /** Copies the whole content, which must have exactly the given size. */
  private void copy(InputStream content, long size, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long copied = 0;
    for (int count = read(content, buffer); count > 0; count = read(content, buffer)) {
      copied += count;
      if (size != ANY && copied > size) {
        break;
      }
      out.write(buffer, 0, count);
    }
    if (size != ANY && copied != size) {
      throw PatchConflict.invalid(
          "the content of the binary file '" + path + "' is damaged: its size is not " + size);
    }
  }

  private int read(InputStream content, byte[] buffer) {
    try {
      return content.readNBytes(buffer, 0, buffer.length);
    } catch (IOException | RuntimeException e) { // JGit throws several kinds
      throw PatchConflict.invalid(
          "the content of the binary file '" + path + "' is damaged: " + e.getMessage());
    }
  }

  /** Checks the id of the changed content. */
  void check(ObjectId result) {
    ObjectId expected = header.getNewId().toObjectId();
    if (!expected.equals(ObjectId.zeroId()) && !expected.equals(result)) {
      throw PatchConflict.invalid("the content of the binary file '" + path + "' is damaged");
    }
  }

  private BinaryPiece forward() {
    BinaryHunk hunk = header.getForwardBinaryHunk();
    return Optional.ofNullable(hunk)
        .flatMap(there -> BinaryPiece.at(there.getBuffer(), there.getStartOffset()))
        .orElseThrow(
            () ->
                PatchConflict.invalid(
                    ("it has no content for the binary file '" + path)
                        + "'; make it by 'git diff --binary'"));
  }

  private static boolean isComplete(AbbreviatedObjectId id) {
    return id != null && id.isComplete();
  }
}
