package io.numa.avatar.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Puts the packs of many small fetches together: each is asked for every object that is looked up.
 * JGit's own collection of garbage writes the large ones anew as well, which takes minutes and much
 * memory for a long history.
 */
final class SmallPacks {
  private static final int MANY = 40;
  private static final long SMALL = 32L << 20;

  private SmallPacks() {}

  /** Puts them together where there are many. Readers of the old ones look again by themselves. */
  static void combine(Repository repository) throws IOException {
    List<Pack> small = new ArrayList<>();
    var database = ((FileRepository) repository).getObjectDatabase();
    for (Pack pack : database.getPacks()) {
      if (pack.getPackFile().length() < SMALL && !pack.shouldBeKept()) {
        small.add(pack);
      }
    }
    if (small.size() < MANY) {
      return;
    }
    try (PackInserter inserter = database.newPackInserter();
        ObjectReader objects = database.newReader()) {
      inserter.checkExisting(false);
      copy(small, objects, inserter);
      inserter.flush();
    }
    for (Pack pack : small) {
      remove(pack);
    }
  }

  private static void copy(List<Pack> packs, ObjectReader objects, PackInserter inserter)
      throws IOException {
    Set<ObjectId> copied = new HashSet<>();
    for (Pack pack : packs) {
      for (PackIndex.MutableEntry entry : pack) {
        ObjectId id = entry.toObjectId();
        if (copied.add(id)) {
          ObjectLoader object = objects.open(id);
          try (var content = object.openStream()) {
            inserter.insert(object.getType(), object.getSize(), content);
          }
        }
      }
    }
  }

  /** The index first: without it nobody begins to read the pack. */
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
