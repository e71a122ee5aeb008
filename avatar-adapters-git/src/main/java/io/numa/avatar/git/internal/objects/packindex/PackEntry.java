package io.numa.avatar.git.internal.objects.packindex;

import java.io.IOException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * An object of a pack. Which one it is that is stored as a difference is known once that has been
 * applied.
 */
final class PackEntry {
  private final long offset;
  private final long end;
  private final int sum;
  private int followers;
  private @Nullable PackEntry base;
  private @Nullable PackEntry heaviest;
  private @Nullable PackEntry others;
  private @Nullable PackEntry next;
  private @Nullable PackedObjectInfo object;

  /**
   * @param offset where it begins in the pack
   * @param end where the next one does
   * @param sum of what is stored of it, by CRC-32
   */
  PackEntry(long offset, long end, int sum) {
    this.offset = offset;
    this.end = end;
    this.sum = sum;
  }

  long offset() {
    return offset;
  }

  /** Says which object it is. */
  PackedObjectInfo name(AnyObjectId id, int type) {
    var named = new PackedObjectInfo(id);
    named.setOffset(offset);
    named.setCRC(sum);
    named.setType(type);
    object = named;
    return named;
  }

  /** Which object it is; null until its delta is applied. */
  @Nullable PackedObjectInfo object() {
    return object;
  }

  /** Says what it is a difference to. */
  void setBase(PackEntry base) {
    this.base = base;
  }

  /** The base of its delta; null if it is whole, or the base is not known yet. */
  @Nullable PackEntry base() {
    return base;
  }

  /** Joins the differences to its base, if that is known, with all that have joined it. */
  void join() {
    if (base != null) {
      base.followers += 1 + followers;
      base.adopt(this);
    }
  }

  private void adopt(PackEntry delta) {
    if (heaviest == null) {
      heaviest = delta;
      return;
    }
    PackEntry other = delta;
    if (delta.followers > heaviest.followers) {
      other = heaviest;
      heaviest = delta;
    }
    other.next = others;
    others = other;
  }

  /** How many there are that have joined it, and each other. */
  int followers() {
    return followers;
  }

  /** The first of the differences to this one; null if there is none. */
  @Nullable PackEntry firstDelta() {
    return others == null ? heaviest : others;
  }

  /**
   * The one after it. The one that most others follow is the last: a walk that goes on with each at
   * once has to come back to few entries, at most to the logarithm of all followers.
   */
  @Nullable PackEntry deltaAfter(PackEntry delta) {
    if (delta == heaviest) {
      return null;
    }
    return delta.next == null ? heaviest : delta.next;
  }

  /** Reads what is stored of it: the object, or a difference. */
  byte[] read(StoredEntries pack) throws IOException {
    return pack.read(offset, end, sum);
  }
}
