package io.numa.avatar.git.internal.support;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** The ids that contents have as blobs, whether Git has stored them or not. */
public final class BlobIds {
  private BlobIds() {}

  public static ObjectId of(byte[] content) {
    try (var formatter = new ObjectInserter.Formatter()) {
      return formatter.idFor(Constants.OBJ_BLOB, content);
    }
  }

  public static ObjectId of(InputStream content, long size) throws IOException {
    try (var formatter = new ObjectInserter.Formatter()) {
      return formatter.idFor(Constants.OBJ_BLOB, size, content);
    }
  }
}
