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
 * <p>One thread adds all entries; after that, several threads may work on different entries.
 */
final class PackContents {
  private static final Comparator<PackEntry> BY_OFFSET =
      Comparator.comparingLong(PackEntry::offset);

  private final List<PackEntry> entries = new ArrayList<>();
  private final Map<ObjectId, List<PackEntry>> basedOnId = new ConcurrentHashMap<>();

  /** Adds the next entry. */
  void add(PackEntry entry) {
    entries.add(entry);
  }

  /** Adds the next entry, a delta to the entry at an earlier offset. */
  void addDelta(PackEntry entry, long base) throws IOException {
    entry.setBase(at(base));
    entries.add(entry);
  }

  /** Adds the next entry, a delta to an object anywhere in the pack. */
  void addDelta(PackEntry entry, ObjectId base) {
    basedOnId.computeIfAbsent(base, id -> new ArrayList<>()).add(entry);
    entries.add(entry);
  }

  private PackEntry at(long offset) throws IOException {
    var wanted = new PackEntry(offset, offset, 0);
    int place = Collections.binarySearch(entries, wanted, BY_OFFSET);
    if (place < 0) {
      throw new CorruptObjectException("a pack has a delta to a place without an object");
    }
    return entries.get(place);
  }

  /** The number of deltas. */
  int deltas() {
    return (int) entries.stream().filter(entry -> entry.object() == null).count();
  }

  /**
   * The whole entries that have deltas. Those with the most come first, so that all threads finish
   * at about the same time.
   */
  List<PackEntry> roots() {
    for (int i = entries.size() - 1; i >= 0; i--) {
      entries.get(i).join(); // a delta comes after its base, if it names the base by offset
    }
    return entries.stream()
        .filter(entry -> entry.object() != null)
        .filter(entry -> entry.firstDelta() != null || basedOnId.containsKey(entry.object()))
        .sorted(Comparator.comparingInt(PackEntry::followers).reversed())
        .toList();
  }

  /** Joins the deltas that name an object by its id to that object. */
  void joinFollowers(PackEntry entry, PackedObjectInfo object) {
    List<PackEntry> more = basedOnId.remove(object);
    if (more != null) {
      for (PackEntry delta : more) {
        delta.setBase(entry);
        delta.join();
      }
    }
  }

  /** All objects, sorted by id. */
  List<PackedObjectInfo> sorted() throws IOException {
    List<PackedObjectInfo> all = new ArrayList<>(entries.size());
    for (PackEntry entry : entries) {
      PackedObjectInfo object = entry.object();
      if (object == null) {
        throw new CorruptObjectException("a pack has a delta to an object that it lacks");
      }
      all.add(object);
    }
    all.sort(null);
    return all;
  }
}
