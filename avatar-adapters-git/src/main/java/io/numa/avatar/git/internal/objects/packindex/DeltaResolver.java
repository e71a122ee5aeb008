package io.numa.avatar.git.internal.objects.packindex;

import io.numa.avatar.git.internal.support.ParallelTasks;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Applies the deltas of an object, and the deltas of their results, and computes the ids of all
 * these objects. Not thread-safe.
 */
final class DeltaResolver implements ParallelTasks.Worker<PackEntry> {
  /** In bytes. To save memory, one thread at a time handles objects of this size or larger. */
  private static final int LARGE = 16 << 20;

  private final PackContents contents;
  private final StoredEntries pack;
  private final ProgressMonitor monitor;
  private final ReentrantLock large;
  private final long maxKept;
  private final ObjectHash hash = new ObjectHash();

  /** The path from the whole object to one whose deltas are not applied yet. */
  private final Deque<Step> path = new ArrayDeque<>();

  private long kept;

  /**
   * @param pack closed with this
   * @param monitor called by several threads
   * @param large a lock for large objects, shared by all threads
   * @param maxKept how many bytes of delta bases to keep in memory; other bases are computed again
   *     when needed
   */
  DeltaResolver(
      PackContents contents,
      StoredEntries pack,
      ProgressMonitor monitor,
      ReentrantLock large,
      long maxKept) {
    this.contents = contents;
    this.pack = pack;
    this.monitor = monitor;
    this.large = large;
    this.maxKept = maxKept;
  }

  /** An object on the path, its content if that is kept, and its next delta to apply. */
  private static final class Step {
    final PackEntry entry;
    byte @Nullable [] content;
    @Nullable PackEntry next;

    Step(PackEntry entry, byte[] content) {
      this.entry = entry;
      this.content = content;
      this.next = entry.firstDelta();
    }

    PackEntry takeNext() {
      PackEntry taken = Objects.requireNonNull(next);
      next = entry.deltaAfter(taken);
      return taken;
    }
  }

  /** Computes the ids of all objects that are based on a whole one. */
  @Override
  public void on(PackEntry root) throws IOException {
    try {
      byte[] content = root.read(pack);
      if (content.length > LARGE) {
        followAlone(root, content);
      } else {
        follow(root, content);
      }
    } catch (OutOfMemoryError e) { // only a large array can be the reason here
      throw new IOException("an object of the pack does not fit into memory; allow more", e);
    }
  }

  private void followAlone(PackEntry root, byte[] content) throws IOException {
    large.lock();
    try {
      follow(root, content);
    } finally {
      large.unlock();
    }
  }

  private void follow(PackEntry root, byte[] content) throws IOException {
    PackedObjectInfo object = Objects.requireNonNull(root.object());
    contents.joinFollowers(root, object);
    push(root, content);
    while (!path.isEmpty()) {
      Step step = path.getLast();
      byte[] base = content(step);
      PackEntry delta = step.takeNext();
      if (step.next == null) {
        giveUp(path.removeLast());
      }
      name(delta, apply(base, delta.read(pack)), object.getType());
      if (monitor.isCancelled()) {
        throw new IOException("stopped while a pack was indexed");
      }
    }
  }

  private void name(PackEntry delta, byte[] content, int type) throws IOException {
    contents.joinFollowers(delta, delta.name(hash.of(type, content), type));
    monitor.update(1);
    push(delta, content);
  }

  private void push(PackEntry entry, byte[] content) {
    if (entry.firstDelta() != null) {
      path.addLast(new Step(entry, content));
      kept += content.length;
      giveUpSome();
    }
  }

  /**
   * Drops the contents farthest from the end of the path, which are needed last. Keeps the last
   * one, which is needed next.
   */
  private void giveUpSome() {
    Iterator<Step> steps = path.iterator();
    while (kept > maxKept && steps.hasNext()) {
      Step step = steps.next();
      if (step != path.getLast()) {
        giveUp(step);
      }
    }
  }

  private void giveUp(Step step) {
    if (step.content != null) {
      kept -= step.content.length;
      step.content = null;
    }
  }

  private byte[] content(Step step) throws IOException {
    if (step.content == null) {
      step.content = make(step.entry);
      kept += step.content.length;
      giveUpSome();
    }
    return step.content;
  }

  private byte[] make(PackEntry entry) throws IOException {
    Deque<PackEntry> chain = new ArrayDeque<>();
    PackEntry start = entry;
    for (PackEntry base = start.base(); base != null; base = start.base()) {
      chain.addFirst(start);
      start = base;
    }
    byte[] content = start.read(pack);
    for (PackEntry delta : chain) {
      content = apply(content, delta.read(pack));
    }
    return content;
  }

  private static byte[] apply(byte[] base, byte[] delta) throws IOException {
    try {
      long size = BinaryDelta.getResultSize(delta);
      if (size > EntryReader.LARGEST_ARRAY) {
        throw new TooLargeObjectInPackException(size, EntryReader.LARGEST_ARRAY);
      }
      return BinaryDelta.apply(base, delta);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new CorruptObjectException("a pack has a delta that does not fit: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    pack.close();
  }
}
