package io.numa.avatar.git.internal.objects;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackFile;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packs of a repository. Each fetch adds one, and each look-up of an object searches them one
 * after the other. So this class combines packs of similar size when there are many, and no object
 * is rewritten often. JGit's garbage collection rewrites the large ones every time.
 *
 * <p>Not thread-safe; no other process or thread may write here meanwhile.
 */
public final class Packs {
  private static final Logger log = LoggerFactory.getLogger(Packs.class);

  /** How many packs of similar size are combined. */
  private static final int MANY = 20;

  /**
   * In bytes. Packs below the first limit are of similar size, and so are packs between two limits.
   */
  private static final long[] SIZES = {1L << 20, 1L << 25, 1L << 30};

  private final FileRepository repository;
  private Collection<Pack> all;

  /** Lists the packs that exist now. */
  public Packs(Repository repository) {
    this.repository = (FileRepository) repository;
    this.all = this.repository.getObjectDatabase().getPacks();
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** An inserter that writes many objects into one file, instead of one file for each. */
  public static ObjectInserter inserter(Repository repository) {
    var inserter = ((FileRepository) repository).getObjectDatabase().newPackInserter();
    inserter.checkExisting(false); // it would search every pack for them
    return inserter;
  }

  /** Stores a commit. */
  public static ObjectId insert(Repository repository, CommitBuilder commit) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  /**
   * Whether an object is in one of the packs. JGit's own method lists the folder again for each
   * missing object.
   */
  public boolean hold(AnyObjectId object) throws IOException {
    return hold(all, object);
  }

  private static boolean hold(Collection<Pack> packs, AnyObjectId object) throws IOException {
    for (Pack pack : packs) {
      if (pack.hasObject(object)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks that JGit could read all packs. If JGit cannot read a pack, it continues without the
   * pack and fetches everything again, and each process would repeat that.
   *
   * @throws CorruptObjectException if JGit could not read one of the packs
   */
  public void requireAll() throws CorruptObjectException {
    Collection<Pack> read = repository.getObjectDatabase().getPacks();
    for (Pack pack : all) {
      if (!read.contains(pack) && Files.exists(path(pack, PackExt.PACK))) {
        throw new CorruptObjectException("'" + pack.getPackFile() + "' could not be read");
      }
    }
  }

  /** Combines packs if there are many. Readers of the old packs find the new one by themselves. */
  public void combine() throws IOException {
    long least = 0;
    for (long limit : SIZES) {
      List<Pack> few = new ArrayList<>();
      for (Pack pack : all) {
        long size = pack.getPackFile().length();
        if (size >= least && size < limit && !pack.shouldBeKept()) {
          few.add(pack);
        }
      }
      if (few.size() >= MANY) {
        combine(few);
      }
      least = limit;
    }
  }

  private void combine(List<Pack> old) throws IOException {
    var config = new PackConfig();
    config.setDeltaCompress(false); // the existing deltas are good enough
    try (ObjectReader objects = repository.newObjectReader();
        RevWalk walk = new RevWalk(objects);
        PackWriter writer = new PackWriter(config, objects)) {
      writer.setDeltaBaseAsOffset(true);
      writer.preparePack(missingElsewhere(old, walk, objects).iterator());
      if (writer.getObjectCount() > 0) {
        write(writer);
      }
    }
    for (Pack pack : old) {
      remove(pack);
    }
    all = repository.getObjectDatabase().getPacks();
  }

  /**
   * The objects that no other pack has. Packs of fetches repeat the bases of their deltas, which
   * other packs may have already.
   */
  private Set<RevObject> missingElsewhere(List<Pack> packs, RevWalk walk, ObjectReader objects)
      throws IOException {
    List<Pack> others = new ArrayList<>(all);
    others.removeAll(packs);
    Set<RevObject> missing = new LinkedHashSet<>();
    for (Pack pack : packs) {
      for (PackIndex.MutableEntry entry : pack) {
        ObjectId id = entry.toObjectId();
        if (!hold(others, id)) {
          missing.add(walk.lookupAny(id, objects.open(id).getType()));
        }
      }
    }
    return missing;
  }

  /** Writes the index last: readers use a pack only if it has an index. */
  private void write(PackWriter writer) throws IOException {
    PackFile pack =
        new PackFile(
            repository.getObjectDatabase().getPackDirectory(), writer.computeName(), PackExt.PACK);
    place(
        pack.toPath(),
        out -> writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out));
    place(pack.create(PackExt.INDEX).toPath(), writer::writeIndex);
  }

  /** Writes the content of a file. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file under a temporary name and renames it. Fetches use such names too, so the next
   * fetch removes a half-written file.
   */
  public static void place(Path file, Content content) throws IOException {
    Path incoming = file.resolveSibling("incoming_" + file.getFileName());
    try (FileChannel channel = FileChannel.open(incoming, WRITE, CREATE_NEW)) {
      var out = new BufferedOutputStream(Channels.newOutputStream(channel));
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
    Files.move(incoming, file, ATOMIC_MOVE);
  }

  /** Removes packs without index and indexes without pack, left by a process that died. */
  public static void removeHalves(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "pack-*.{pack,idx}")) {
      for (Path file : files) {
        var half = new PackFile(file.toFile());
        PackExt other = half.getPackExt() == PackExt.PACK ? PackExt.INDEX : PackExt.PACK;
        if (!Files.exists(half.create(other).toPath())) {
          log.info("Removing '{}', whose other half is not there", file);
          Files.delete(file);
        }
      }
    }
  }

  /** Removes the index first: readers open a pack only if it has an index. */
  private static void remove(Pack pack) throws IOException {
    Files.deleteIfExists(path(pack, PackExt.INDEX));
    for (PackExt extension : PackExt.values()) {
      Files.deleteIfExists(path(pack, extension));
    }
  }

  private static Path path(Pack pack, PackExt extension) {
    return pack.getPackFile().create(extension).toPath();
  }
}
