package io.numa.avatar.git.internal.objects;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.StoredObjectRepresentationNotAvailableException;
import org.eclipse.jgit.internal.storage.pack.CachedPack;
import org.eclipse.jgit.internal.storage.pack.ObjectReuseAsIs;
import org.eclipse.jgit.internal.storage.pack.ObjectToPack;
import org.eclipse.jgit.internal.storage.pack.PackOutputStream;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BitmapIndex.BitmapBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * Reads objects, and computes the id of each one again from what was read. JGit itself believes the
 * index of a pack and the name of a file, so a program that can write there could give any content
 * to any id.
 *
 * <p>It also checks each object that a push copies from a pack without reading it. It uses no
 * bitmaps and no commit graphs, which tell about objects without reading them. Sizes and the
 * presence of objects are not checked: they decide nothing before the object is read.
 */
sealed class VerifyingReader extends ObjectReader implements ObjectReuseAsIs
    permits SparsePackRepository.PackingReader {
  private final ObjectReader stored;
  private final Damage damage;

  /** Hears that an object's content is not what its id says. */
  interface Damage {
    /** Called by any thread, before the reader of the object learns it. */
    void found(CorruptObjectException damage);
  }

  /**
   * @param stored the reader of a repository's files; closed with this one
   */
  VerifyingReader(ObjectReader stored, Damage damage) {
    this.stored = stored;
    this.damage = damage;
  }

  @Override
  public ObjectReader newReader() {
    return new VerifyingReader(stored.newReader(), damage);
  }

  /**
   * Opens an object. A small one is checked at once, a large one while it is read: its stream fails
   * at its end, or when it is closed earlier.
   *
   * @throws CorruptObjectException if the content is not that of the id
   */
  @Override
  public ObjectLoader open(AnyObjectId id, int type) throws IOException {
    return verified(id, type);
  }

  private ObjectLoader verified(AnyObjectId id, int type) throws IOException {
    ObjectLoader found = find(id, type);
    ObjectId wanted = id.toObjectId();
    if (found.isLarge()) {
      return new VerifiedStream.Loader(found, wanted, damage);
    }
    byte[] content = found.getCachedBytes();
    VerifiedStream.require(wanted, found.getType(), content, damage);
    return new ObjectLoader.SmallObject(found.getType(), content);
  }

  private ObjectLoader find(AnyObjectId id, int type) throws IOException {
    try {
      return stored.open(id, type);
    } catch (CorruptObjectException e) {
      damage.found(e);
      throw e;
    } catch (IncorrectObjectTypeException e) {
      verified(id, OBJ_ANY); // fails if it is another object
      throw e;
    }
  }

  @Override
  public boolean has(AnyObjectId id) throws IOException {
    return stored.has(id);
  }

  @Override
  public boolean has(AnyObjectId id, int type) throws IOException {
    return stored.has(id, type);
  }

  @Override
  public long getObjectSize(AnyObjectId id, int type) throws IOException {
    return stored.getObjectSize(id, type);
  }

  @Override
  public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
    return stored.resolve(id);
  }

  @Override
  public Set<ObjectId> getShallowCommits() throws IOException {
    return stored.getShallowCommits();
  }

  @Override
  public void setAvoidUnreachableObjects(boolean avoid) {
    stored.setAvoidUnreachableObjects(avoid);
  }

  @Override
  public void setStreamFileThreshold(int threshold) {
    stored.setStreamFileThreshold(threshold);
  }

  @Override
  public int getStreamFileThreshold() {
    return stored.getStreamFileThreshold();
  }

  @Override
  public ObjectInserter getCreatedFromInserter() {
    return stored.getCreatedFromInserter();
  }

  @Override
  public void close() {
    stored.close();
  }

  private ObjectReuseAsIs reuse() {
    return (ObjectReuseAsIs) stored;
  }

  @Override
  public ObjectToPack newObjectToPack(AnyObjectId id, int type) {
    return reuse().newObjectToPack(id, type);
  }

  @Override
  public void selectObjectRepresentation(
      PackWriter packer, ProgressMonitor monitor, Iterable<ObjectToPack> objects)
      throws IOException {
    reuse().selectObjectRepresentation(packer, monitor, objects);
  }

  @Override
  public void writeObjects(PackOutputStream out, List<ObjectToPack> objects) throws IOException {
    reuse().writeObjects(out, objects);
  }

  @Override
  public void copyObjectAsIs(PackOutputStream out, ObjectToPack object, boolean validate)
      throws IOException, StoredObjectRepresentationNotAvailableException {
    ObjectLoader read = verified(object, object.getType());
    if (read.isLarge()) {
      read.openStream().close(); // reads it to its end
    }
    reuse().copyObjectAsIs(out, object, validate);
  }

  @Override
  public void copyPackAsIs(PackOutputStream out, CachedPack pack) throws IOException {
    reuse().copyPackAsIs(out, pack);
  }

  /** None: a pack that is copied as a whole would not be read. */
  @Override
  public Collection<CachedPack> getCachedPacksAndUpdate(BitmapBuilder bitmap) {
    return List.of();
  }
}
