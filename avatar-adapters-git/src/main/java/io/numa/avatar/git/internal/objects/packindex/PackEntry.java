package io.numa.avatar.git.internal.objects.packindex;

import java.io.IOException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * An object of a pack. The id of an object stored as a delta is known after the delta is applied.
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
   * @param offset the position of its first byte in the pack
   * @param end the position after its last byte
   * @param sum the CRC-32 of its stored bytes
   */
  PackEntry(long offset, long end, int sum) {
    this.offset = offset;
    this.end = end;
    this.sum = sum;
  }

  long offset() {
    return offset;
  }

  /** Sets the object's id and type. */
  PackedObjectInfo name(AnyObjectId id, int type) {
    var named = new PackedObjectInfo(id);
    named.setOffset(offset);
    named.setCRC(sum);
    named.setType(type);
    object = named;
    return named;
  }

  /** The object; null until its delta is applied. */
  @Nullable PackedObjectInfo object() {
    return object;
  }

  /** Sets the base of its delta. */
  void setBase(PackEntry base) {
    this.base = base;
  }

  /** The base of its delta; null if it is whole, or the base is not known yet. */
  @Nullable PackEntry base() {
    return base;
  }

  /** Adds this delta, and the count of its own dependents, to its base if the base is known. */
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

  /** The number of deltas that depend on it, directly or indirectly. */
  int followers() {
    return followers;
  }

  /** The first of the deltas to this one; null if there is none. */
  @Nullable PackEntry firstDelta() {
    return others == null ? heaviest : others;
  }

  /**
   * The next delta to the same base. The one with the most dependents comes last: so a walk that
   * descends at once keeps few entries to return to, at most the logarithm of the number of all
   * dependents.
   */
  @Nullable PackEntry deltaAfter(PackEntry delta) {
    if (delta == heaviest) {
      return null;
    }
    return delta.next == null ? heaviest : delta.next;
  }

  /** Reads the stored content: the object, or a delta. */
  byte[] read(StoredEntries pack) throws IOException {
    return pack.read(offset, end, sum);
  }
}
