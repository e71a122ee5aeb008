package io.numa.avatar.git.internal.worktree;

import static org.eclipse.jgit.lib.ObjectReader.OBJ_ANY;

import io.numa.avatar.git.internal.attributes.Content;
import io.numa.avatar.git.internal.attributes.Content.Writing;
import io.numa.avatar.git.internal.worktree.ContentIndex.Known;
import io.numa.avatar.git.internal.worktree.TreeReader.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.jspecify.annotations.Nullable;

/** Reads files and links of a working tree as the blobs that Git has for them. */
final class BlobReader {
  private static final int IN_MEMORY = 1 << 20;

  private final ContentIndex contents;
  private final ObjectInserter inserter;
  private final long largestFile;

  /**
   * @param largestFile the largest allowed size of a changed file, in bytes
   */
  BlobReader(ContentIndex contents, ObjectInserter inserter, long largestFile) {
    this.contents = contents;
    this.inserter = inserter;
    this.largestFile = largestFile;
  }

  /**
   * Checks the size before the file is read. A file of the same size may be unchanged, so it is not
   * refused here.
   */
  void requireSize(String path, long size, @Nullable SnapshotEntry old) throws IOException {
    if (size <= largestFile || contents.file(path).isPresent()) {
      return;
    }
    if (old == null || inserter.newReader().getObjectSize(old.id(), OBJ_ANY) != size) {
      throw TreeReader.denied(
          TreeReader.shown(path)
              + " has "
              + size
              + " bytes, more than guard.max_file_size: "
              + largestFile);
    }
  }

  ObjectId link(byte[] target, String path) throws IOException {
    ObjectId inTree = inserter.insert(Constants.OBJ_BLOB, target);
    return known(path, inTree).orElse(inTree);
  }

  /**
   * The blob of a file. If its bytes are those that the checkout wrote, it is unchanged, even if
   * Git's rules would convert them to other ones: otherwise untouched files would be committed. A
   * file written by a patch has the patch's content.
   */
  ObjectId file(Place place, Path name, long size, String path, @Nullable SnapshotEntry old)
      throws IOException {
    Content file = () -> place.folder().read(name);
    ObjectId inTree;
    try (InputStream in = file.open()) {
      inTree = inserter.idFor(Constants.OBJ_BLOB, size, in);
    }
    if (old != null && old.inTree() == null && old.id().equals(inTree)) {
      return inTree;
    }
    Optional<ObjectId> known = known(path, inTree);
    if (known.isPresent() && !known.get().equals(inTree)) {
      contents.lfs().keep(known.get());
      return known.get();
    }
    if (contents.lfs().isFor(place.rules(), path)) {
      return contents.lfs().clean(path, file::open, size, largestFile, inserter);
    }
    Optional<Writing> converted =
        known.isPresent()
            ? Optional.empty()
            : place.rules().conversion(path).checkIn(file, inBase(old));
    if (converted.isPresent()) {
      return insertConverted(converted.get());
    }
    try (InputStream in = file.open()) {
      return inserter.insert(Constants.OBJ_BLOB, size, in);
    }
  }

  private Optional<Content> inBase(@Nullable SnapshotEntry old) {
    return old == null || !old.isFile()
        ? Optional.empty()
        : Optional.of(() -> contents.open(old.id()));
  }

  private ObjectId insertConverted(Writing content) throws IOException {
    var converted = new TemporaryBuffer.LocalFile(null, IN_MEMORY);
    try {
      content.to(converted);
      converted.close();
      return inserter.insert(Constants.OBJ_BLOB, converted.length(), converted.openInputStream());
    } finally {
      converted.destroy();
    }
  }

  /** The content in Git for bytes in the tree, if a patch or the checkout has noted it. */
  private Optional<ObjectId> known(String path, ObjectId inTree) {
    return contents.file(path).filter(ids -> ids.inTree().equals(inTree)).map(Known::inGit);
  }
}
