package io.numa.avatar.git.internal.objects.packindex;

import java.io.IOException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The header of an object in a pack (gitformat-pack(5)).
 *
 * @param type one of {@link Constants}' {@code OBJ_}
 * @param size in bytes, uncompressed; for a delta, the size of the delta itself, not of its result
 * @param distance how many bytes before this object the base of a delta begins; 0 if the base is
 *     named by its id, or there is none
 * @param base the id of a delta's base, if the base is named by its id
 */
record EntryHeader(int type, long size, long distance, @Nullable ObjectId base) {

  static EntryHeader read(EntryReader pack) throws IOException {
    int c = pack.next();
    int type = (c >> 4) & 7;
    long size = c & 15;
    for (int shift = 4; (c & 0x80) != 0; shift += 7) {
      c = pack.next();
      size |= shift < Long.SIZE ? (long) (c & 0x7f) << shift : 0;
    }
    return switch (type) {
      case Constants.OBJ_COMMIT, Constants.OBJ_TREE, Constants.OBJ_BLOB, Constants.OBJ_TAG ->
          new EntryHeader(type, size, 0, null);
      case Constants.OBJ_OFS_DELTA -> new EntryHeader(type, size, distance(pack), null);
      case Constants.OBJ_REF_DELTA ->
          new EntryHeader(type, size, 0, ObjectId.fromRaw(pack.next(Constants.OBJECT_ID_LENGTH)));
      default -> throw new CorruptObjectException("a pack has an object of type " + type);
    };
  }

  private static long distance(EntryReader pack) throws IOException {
    int c = pack.next();
    long distance = c & 0x7f;
    while ((c & 0x80) != 0) {
      c = pack.next();
      distance = ((distance + 1) << 7) | (c & 0x7f);
    }
    return distance;
  }

  boolean isDelta() {
    return type == Constants.OBJ_OFS_DELTA || type == Constants.OBJ_REF_DELTA;
  }
}
