package io.numa.avatar.git.internal.objects;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.pack.ObjectToPack;
import org.eclipse.jgit.internal.storage.pack.PackOutputStream;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * A repository that checks the id of every object that is read from it, and pushes a commit at the
 * cost of its changes, not of the whole tree.
 *
 * <p>The objects may be borrowed from a mirror, into which other programs can write. To know which
 * objects a remote has, JGit marks all objects in the parent's tree, and reads each folder of it.
 * During a push, this class presents the folders that the commit does not change as empty. JGit
 * then marks these folders themselves, which is enough to leave them out of the push. Native Git
 * does the same ({@code pack.useSparse}), with the same disadvantage: if the commit copies a file
 * from such a folder, the push sends its content again.
 */
public final class SparsePackRepository extends FileRepository {
  private volatile Packing packing = Packing.NONE;
  private volatile Consumer<IOException> damage = found -> {};

  SparsePackRepository(Path git) throws IOException {
    super(GitDirectory.setUp(git));
  }

  /**
   * Sets who hears that an object on this machine is damaged or has the content of another one.
   *
   * @param hears called by the thread that reads the object, before its reader fails
   */
  public void onDamage(Consumer<IOException> hears) {
    damage = hears;
  }

  /** Sends the objects that a remote lacks. */
  public interface Push {
    void run() throws IOException;
  }

  /** Hears that the packer has ended, before the push reads the remote's answer. */
  public interface PackerEnd {
    /**
     * Called once or twice.
     *
     * @param failure the failure to write an object; null if there was none
     */
    void ended(@Nullable Exception failure);
  }

  /** How objects are read during a push. */
  private record Packing(Set<ObjectId> unchanged, PackerEnd end) {
    static final Packing NONE = new Packing(Set.of(), failure -> {});
  }

  /** Pushes. No other thread may read from this repository meanwhile. */
  public void push(Push push, PackerEnd end) throws IOException {
    push(new Packing(Set.of(), end), push);
  }

  /** The same for a commit whose only parent is on the remote. */
  public void push(ObjectId commit, Push push, PackerEnd end) throws IOException {
    push(new Packing(unchanged(commit), end), push);
  }

  private void push(Packing by, Push push) throws IOException {
    packing = by;
    try {
      push.run();
    } finally {
      packing = Packing.NONE;
    }
  }

  private Set<ObjectId> unchanged(ObjectId id) throws IOException {
    try (var walk = new RevWalk(this)) {
      RevCommit commit = walk.parseCommit(id);
      RevCommit parent = walk.parseCommit(commit.getParent(0));
      return unchanged(walk.getObjectReader(), parent, commit);
    }
  }

  /**
   * Whether a commit's only parent is one of the tips; false for a commit with no or several
   * parents.
   */
  public boolean startsAt(Collection<Ref> tips, ObjectId id) throws IOException {
    try (var walk = new RevWalk(this)) {
      RevCommit commit = walk.parseCommit(id);
      return commit.getParentCount() == 1
          && tips.stream().anyMatch(tip -> commit.getParent(0).equals(tip.getObjectId()));
    }
  }

  /**
   * The unchanged folders, except those that also contain a change elsewhere in the tree: JGit must
   * mark their contents.
   */
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
    ObjectReader stored = super.newObjectReader();
    Packing by = packing;
    return by.equals(Packing.NONE)
        ? new VerifyingReader(stored, this::noteDamage)
        : new PackingReader(stored, this::noteDamage, by);
  }

  private void noteDamage(IOException found) {
    damage.accept(found);
  }

  /** An inserter whose own reader checks ids, too: a merge reads by it. */
  @Override
  public ObjectInserter newObjectInserter() {
    ObjectInserter stored = super.newObjectInserter();
    return new ObjectInserter.Filter() {
      @Override
      protected ObjectInserter delegate() {
        return stored;
      }

      @Override
      public ObjectReader newReader() {
        return new VerifyingReader(stored.newReader(), SparsePackRepository.this::noteDamage);
      }
    };
  }

  /** A packer's reader. Reads some trees as if they were empty. */
  static final class PackingReader extends VerifyingReader {
    private final Packing packing;
    private @Nullable Exception failure;

    PackingReader(ObjectReader stored, Damage damage, Packing packing) {
      super(stored, damage);
      this.packing = packing;
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int type) throws IOException {
      return type == Constants.OBJ_TREE && packing.unchanged().contains(id.toObjectId())
          ? new ObjectLoader.SmallObject(Constants.OBJ_TREE, new byte[0])
          : super.open(id, type);
    }

    @Override
    public void writeObjects(PackOutputStream out, List<ObjectToPack> objects) throws IOException {
      try {
        super.writeObjects(out, objects);
      } catch (IOException | RuntimeException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void close() {
      super.close();
      packing.end().ended(failure);
    }
  }
}
