package io.numa.avatar.git.internal.objects;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.StoredObjectRepresentationNotAvailableException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.pack.CachedPack;
import org.eclipse.jgit.internal.storage.pack.ObjectReuseAsIs;
import org.eclipse.jgit.internal.storage.pack.ObjectToPack;
import org.eclipse.jgit.internal.storage.pack.PackOutputStream;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BitmapIndex.BitmapBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A repository that pushes a commit for what it changes. To know what a remote has, JGit marks all
 * that is in the parent's tree, and reads each of its folders for that. Here, folders that a commit
 * leaves as they are count as empty while it is pushed: they are marked themselves, which is all
 * that keeps them from being sent. Native Git does the like ({@code pack.useSparse}), at the same
 * price: a file that is in such a folder is sent once more where the commit has a copy of it.
 */
public final class SparsePackRepository extends FileRepository {
  private volatile Set<ObjectId> unchanged = Set.of();

  SparsePackRepository(Path git) throws IOException {
    super(GitDirectory.setUp(git));
  }

  /** Sends what a remote lacks. */
  public interface Push {
    void run() throws IOException;
  }

  /**
   * Pushes a commit whose only parent is on the remote. No other thread may read from this
   * repository meanwhile.
   */
  public void push(ObjectId commit, Push push) throws IOException {
    unchanged = unchanged(commit);
    try {
      push.run();
    } finally {
      unchanged = Set.of();
    }
  }

  private Set<ObjectId> unchanged(ObjectId id) throws IOException {
    try (var walk = new RevWalk(this)) {
      RevCommit commit = walk.parseCommit(id);
      RevCommit parent = walk.parseCommit(commit.getParent(0));
      return unchanged(walk.getObjectReader(), parent, commit);
    }
  }

  /** Whether a commit's parent is the tip of something; without one, or with several, never. */
  public boolean startsAt(Collection<Ref> tips, ObjectId id) throws IOException {
    try (var walk = new RevWalk(this)) {
      RevCommit commit = walk.parseCommit(id);
      return commit.getParentCount() == 1
          && tips.stream().anyMatch(tip -> commit.getParent(0).equals(tip.getObjectId()));
    }
  }

  /** Without those that a change is beneath elsewhere: what is in them has to be marked. */
  private static Set<ObjectId> unchanged(ObjectReader objects, RevCommit parent, RevCommit commit)
      throws IOException {
    Set<ObjectId> same = new HashSet<>();
    Set<ObjectId> changed = new HashSet<>();
    try (var walk = new TreeWalk(objects)) {
      walk.addTree(parent.getTree());
      walk.addTree(commit.getTree());
      while (walk.next()) {
        if (!walk.getFileMode(0).equals(FileMode.TREE)
            || !walk.getFileMode(1).equals(FileMode.TREE)) {
          continue;
        }
        if (walk.idEqual(0, 1)) {
          same.add(walk.getObjectId(0));
        } else {
          changed.add(walk.getObjectId(0));
          walk.enterSubtree();
        }
      }
    }
    same.removeAll(changed);
    return same;
  }

  @Override
  public ObjectReader newObjectReader() {
    ObjectReader all = super.newObjectReader();
    Set<ObjectId> empty = unchanged;
    return empty.isEmpty() ? all : new Reader(all, (ObjectReuseAsIs) all, empty);
  }

  /** Reads some trees as if nothing were in them. */
  private static final class Reader extends ObjectReader.Filter implements ObjectReuseAsIs {
    private final ObjectReader all;
    private final ObjectReuseAsIs stored;
    private final Set<ObjectId> empty;

    Reader(ObjectReader all, ObjectReuseAsIs stored, Set<ObjectId> empty) {
      this.all = all;
      this.stored = stored;
      this.empty = empty;
    }

    @Override
    protected ObjectReader delegate() {
      return all;
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int type) throws IOException {
      return type == Constants.OBJ_TREE && empty.contains(id.toObjectId())
          ? new ObjectLoader.SmallObject(Constants.OBJ_TREE, new byte[0])
          : super.open(id, type);
    }

    @Override
    public ObjectToPack newObjectToPack(AnyObjectId id, int type) {
      return stored.newObjectToPack(id, type);
    }

    @Override
    public void selectObjectRepresentation(
        PackWriter packer, ProgressMonitor monitor, Iterable<ObjectToPack> objects)
        throws IOException {
      stored.selectObjectRepresentation(packer, monitor, objects);
    }

    @Override
    public void writeObjects(PackOutputStream out, List<ObjectToPack> objects) throws IOException {
      stored.writeObjects(out, objects);
    }

    @Override
    public void copyObjectAsIs(PackOutputStream out, ObjectToPack object, boolean validate)
        throws IOException, StoredObjectRepresentationNotAvailableException {
      stored.copyObjectAsIs(out, object, validate);
    }

    @Override
    public void copyPackAsIs(PackOutputStream out, CachedPack pack) throws IOException {
      stored.copyPackAsIs(out, pack);
    }

    @Override
    public Collection<CachedPack> getCachedPacksAndUpdate(BitmapBuilder bitmap) throws IOException {
      return stored.getCachedPacksAndUpdate(bitmap);
    }
  }
}
