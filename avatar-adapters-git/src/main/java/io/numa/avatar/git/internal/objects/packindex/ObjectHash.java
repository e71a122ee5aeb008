package io.numa.avatar.git.internal.objects.packindex;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.MutableObjectId;
import org.eclipse.jgit.util.sha1.SHA1;
import org.eclipse.jgit.util.sha1.Sha1CollisionException;

/** Computes the ids of objects, with JGit's detection of collision attacks. Not thread-safe. */
final class ObjectHash {
  private final SHA1 sha1 = SHA1.newInstance();
  private final MutableObjectId id = new MutableObjectId();

  void begin(int type, long size) {
    sha1.reset();
    sha1.update(Constants.encodedTypeString(type));
    sha1.update((byte) ' ');
    sha1.update(Constants.encodeASCII(size));
    sha1.update((byte) 0);
  }

  void add(byte[] bytes, int length) {
    sha1.update(bytes, 0, length);
  }

  /**
   * The id. The next call overwrites the returned object.
   *
   * @throws CorruptObjectException if the object was crafted to have the id of another one
   */
  MutableObjectId end() throws CorruptObjectException {
    try {
      sha1.digest(id);
      return id;
    } catch (Sha1CollisionException e) {
      throw new CorruptObjectException("an object was forged to have the id of another one", e);
    }
  }

  MutableObjectId of(int type, byte[] content) throws CorruptObjectException {
    begin(type, content.length);
    add(content, content.length);
    return end();
  }
}
