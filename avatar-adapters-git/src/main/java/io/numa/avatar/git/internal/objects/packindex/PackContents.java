package io.numa.avatar.git.internal.objects.packindex;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;

/**
 * The objects of one pack. Grows with the objects received, not by the count that the pack
 * announces.
 *
 * <p>One thread adds all of them; after that, several may work on different ones.
 */
final class PackContents {
  private static final Comparator<PackEntry> BY_OFFSET =
      Comparator.comparingLong(PackEntry::offset);

  private final List<PackEntry> entries = new ArrayList<>();
  private final Map<ObjectId, List<PackEntry>> basedOnId = new ConcurrentHashMap<>();

  /** Adds the next one. */
  void add(PackEntry entry) {
    entries.add(entry);
  }

  /** Adds the next one, a difference to what begins at an offset before it. */
  void addDelta(PackEntry entry, long base) throws IOException {
    entry.setBase(at(base));
    entries.add(entry);
  }

  /** Adds the next one, a difference to what may be anywhere in the pack. */
  void addDelta(PackEntry entry, ObjectId base) {
    basedOnId.computeIfAbsent(base, id -> new ArrayList<>()).add(entry);
    entries.add(entry);
  }

  private PackEntry at(long offset) throws IOException {
    var wanted = new PackEntry(offset, offset, 0);
    int place = Collections.binarySearch(entries, wanted, BY_OFFSET);
    if (place < 0) {
      throw new CorruptObjectException("a pack has a difference to what is no object of it");
    }
    return entries.get(place);
  }

  /** How many are differences. */
  int deltas() {
    return (int) entries.stream().filter(entry -> entry.object() == null).count();
  }

  /**
   * Those that are whole and have differences to them; those with the most first, so that threads
   * that take one after the other are done at about the same time.
   */
  List<PackEntry> roots() {
    for (int i = entries.size() - 1; i >= 0; i--) {
      entries.get(i).join(); // a difference comes after what it is to, if it says where that is
    }
    return entries.stream()
        .filter(entry -> entry.object() != null)
        .filter(entry -> entry.firstDelta() != null || basedOnId.containsKey(entry.object()))
        .sorted(Comparator.comparingInt(PackEntry::followers).reversed())
        .toList();
  }

  /** Has those follow an object that name it. */
  void joinFollowers(PackEntry entry, PackedObjectInfo object) {
    List<PackEntry> more = basedOnId.remove(object);
    if (more != null) {
      for (PackEntry delta : more) {
        delta.setBase(entry);
        delta.join();
      }
    }
  }

  /** All of them in the order of their ids. */
  List<PackedObjectInfo> sorted() throws IOException {
    List<PackedObjectInfo> all = new ArrayList<>(entries.size());
    for (PackEntry entry : entries) {
      PackedObjectInfo object = entry.object();
      if (object == null) {
        throw new CorruptObjectException("a pack has a difference to an object that it lacks");
      }
      all.add(object);
    }
    all.sort(null);
    return all;
  }
}
