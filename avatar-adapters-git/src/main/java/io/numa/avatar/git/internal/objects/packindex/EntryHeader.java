package io.numa.avatar.git.internal.objects.packindex;

import java.io.IOException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What stands before an object in a pack (gitformat-pack(5)).
 *
 * @param type one of {@link Constants}' {@code OBJ_}
 * @param size in bytes, uncompressed; of a difference its own, not that of what it makes
 * @param distance how far before this one the object begins that a difference is to; 0 if it is
 *     named by its id, or there is none
 * @param base the object that a difference is to, if it is named by its id
 */
record EntryHeader(int type, long size, long distance, @Nullable ObjectId base) {

  /** Where the bytes come from. */
  interface Bytes {
    /** The next one, 0 to 255; throws at the end. */
    int next() throws IOException;
  }

  static EntryHeader read(Bytes bytes) throws IOException {
    int c = bytes.next();
    int type = (c >> 4) & 7;
    long size = c & 15;
    for (int shift = 4; (c & 0x80) != 0; shift += 7) {
      c = bytes.next();
      size |= shift < Long.SIZE ? (long) (c & 0x7f) << shift : 0;
    }
    return switch (type) {
      case Constants.OBJ_COMMIT, Constants.OBJ_TREE, Constants.OBJ_BLOB, Constants.OBJ_TAG ->
          new EntryHeader(type, size, 0, null);
      case Constants.OBJ_OFS_DELTA -> new EntryHeader(type, size, distance(bytes), null);
      case Constants.OBJ_REF_DELTA -> new EntryHeader(type, size, 0, id(bytes));
      default -> throw new CorruptObjectException("a pack has an object of type " + type);
    };
  }

  private static long distance(Bytes bytes) throws IOException {
    int c = bytes.next();
    long distance = c & 0x7f;
    while ((c & 0x80) != 0) {
      c = bytes.next();
      distance = ((distance + 1) << 7) | (c & 0x7f);
    }
    return distance;
  }

  private static ObjectId id(Bytes bytes) throws IOException {
    byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) bytes.next();
    }
    return ObjectId.fromRaw(id);
  }

  boolean isDelta() {
    return type == Constants.OBJ_OFS_DELTA || type == Constants.OBJ_REF_DELTA;
  }
}
