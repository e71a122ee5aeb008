package io.numa.avatar.git.internal.objects.packindex;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.numa.avatar.git.internal.objects.PackIndexer;
import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.git.internal.support.ParallelTasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.internal.storage.file.PackFile;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackedObjectInfo;

/**
 * Makes the index on several threads, as native Git does; JGit's own parser has one thread. Deltas
 * are nearly all of the work on a long history: the id of such an object is known only once its
 * delta is applied.
 *
 * <p>The pack must need no objects outside it, and the repository must have no objects yet that a
 * forged object could replace. Single use; not thread-safe. It starts several threads itself.
 */
public final class ParallelPackIndexer implements PackIndexer {
  private static final int INDEX_VERSION = 2;

  /** In bytes, for each thread. */
  private static final long MAX_KEPT = 32L << 20;

  private final Path folder;
  private final ProgressMonitor monitor;
  private final long maxKept;
  private final PackContents contents = new PackContents();

  /**
   * @param folder the folder for packs
   * @param monitor called by several threads; once it is cancelled, the indexer stops
   */
  public ParallelPackIndexer(Path folder, ProgressMonitor monitor) {
    this(folder, monitor, MAX_KEPT);
  }

  /**
   * @param maxKept how many bytes of delta bases each thread keeps in memory
   */
  ParallelPackIndexer(Path folder, ProgressMonitor monitor, long maxKept) {
    this.folder = folder;
    this.monitor = monitor;
    this.maxKept = maxKept;
  }

  @Override
  public Path store(InputStream in) throws IOException {
    Path incoming = folder.resolve("incoming_" + UUID.randomUUID() + ".pack");
    try {
      byte[] sum = receive(in, incoming);
      applyDeltas(incoming);
      return place(incoming, contents.sorted(), sum);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private byte[] receive(InputStream in, Path incoming) throws IOException {
    try (var received = new ReceivedEntries(in, incoming)) {
      long count = readHeader(received);
      monitor.beginTask("Receiving objects", (int) Math.min(count, Integer.MAX_VALUE));
      var hash = new ObjectHash();
      for (long i = 0; i < count; i++) {
        add(received, hash);
        monitor.update(1);
        if (monitor.isCancelled()) {
          throw new IOException("stopped while a pack was received");
        }
      }
      monitor.endTask();
      byte[] sum = received.finish();
      received.force();
      return sum;
    }
  }

  private static long readHeader(EntryReader pack) throws IOException {
    long count = PackIndexer.count(pack.next(HEADER));
    if (count < 0) {
      throw new CorruptObjectException("the received data is not a pack");
    }
    return count;
  }

  private void add(EntryReader pack, ObjectHash hash) throws IOException {
    long offset = pack.position();
    EntryHeader header = pack.header();
    if (header.isDelta()) {
      pack.inflate(header.size(), (bytes, length) -> {});
      addDelta(new PackEntry(offset, pack.position(), pack.crc()), header);
    } else {
      hash.begin(header.type(), header.size());
      pack.inflate(header.size(), hash::add);
      var entry = new PackEntry(offset, pack.position(), pack.crc());
      entry.name(hash.end(), header.type());
      contents.add(entry);
    }
  }

  private void addDelta(PackEntry entry, EntryHeader header) throws IOException {
    if (header.base() == null) {
      contents.addDelta(entry, entry.offset() - header.distance());
    } else {
      contents.addDelta(entry, header.base());
    }
  }

  private void applyDeltas(Path incoming) throws IOException {
    monitor.beginTask("Resolving deltas", contents.deltas());
    var large = new ReentrantLock();
    ParallelTasks.each(
        contents.roots(),
        1,
        () -> new DeltaResolver(contents, new StoredEntries(incoming), monitor, large, maxKept));
    monitor.endTask();
  }

  /**
   * Names both files by the pack's checksum, as Git does. Moves the pack last: readers use neither
   * file alone, and if the process dies in between, only the small index is left.
   */
  private Path place(Path incoming, List<PackedObjectInfo> objects, byte[] sum) throws IOException {
    var file = new PackFile(folder.toFile(), ObjectId.fromRaw(sum), PackExt.PACK);
    Packs.place(
        file.create(PackExt.INDEX).toPath(),
        out -> BasePackIndexWriter.createVersion(out, INDEX_VERSION).write(objects, sum));
    return Files.move(incoming, file.toPath(), ATOMIC_MOVE);
  }
}
