package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.internal.lfs.Lfs.Filled;
import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ProgressMonitor;

/** The files of a checkout that still hold the text of a pointer. */
final class PointedFiles {
  private static final Duration AGE = Duration.ofSeconds(10);

  private final List<Pointed> pointed = new ArrayList<>();

  private record Pointed(Path file, String path, LfsPointer pointer, Filled note)
      implements LfsFile {}

  void add(Path file, String path, LfsPointer pointer, Filled note) {
    pointed.add(new Pointed(file, path, pointer, note));
  }

  /** Replaces the pointers that were added since the last call by their contents. */
  void fill(LfsStore objects, Supplier<LfsServer> server, ProgressMonitor monitor, TreeRoom room)
      throws IOException {
    List<Pointed> files = List.copyOf(pointed);
    pointed.clear();
    Set<LfsPointer> missing = new LinkedHashSet<>();
    for (Pointed file : files) {
      if (!objects.has(file.pointer())) {
        missing.add(file.pointer());
      }
    }
    files.forEach(file -> room.takeBytes(file.pointer().size()));
    requireRoom(objects, files, missing);
    if (!missing.isEmpty()) {
      monitor.beginTask("Downloading LFS objects", missing.size());
      download(files, missing, objects, server.get(), monitor);
    }
    for (Pointed file : files) {
      objects.copyTo(file.pointer(), file.file());
      age(file.file());
      try (InputStream in = Files.newInputStream(file.file())) {
        file.note().with(BlobIds.of(in, file.pointer().size()));
      }
    }
  }

  private static void download(
      List<Pointed> files,
      Set<LfsPointer> missing,
      LfsStore objects,
      LfsServer server,
      ProgressMonitor monitor)
      throws IOException {
    try {
      server.download(missing, objects, monitor);
    } catch (LfsObjectException e) {
      throw new PortException(
          FailureKind.NOT_FOUND,
          "could not get the content of '"
              + LfsFile.shownPath(files, e)
              + "' from LFS: "
              + e.getMessage()
              + "; set git.lfs to false to work with pointers in its place",
          e);
    }
  }

  /**
   * Makes a file older than the index. Native Git reads a file again if it is as new as the index,
   * and would then report it as changed, as it runs no filter here.
   */
  private static void age(Path file) throws IOException {
    var now = Files.getLastModifiedTime(file).toInstant();
    Files.setLastModifiedTime(file, FileTime.from(now.minus(AGE)));
  }

  /** Checks for free disk space. The sizes in pointers are untrusted. */
  private static void requireRoom(LfsStore objects, List<Pointed> files, Set<LfsPointer> missing)
      throws IOException {
    double needed = 0;
    for (Pointed file : files) {
      needed += file.pointer().size();
    }
    for (LfsPointer object : missing) {
      needed += object.size();
    }
    if (needed > objects.room()) {
      throw new IOException(
          String.format(
              Locale.ROOT, "its LFS files need %.1f GB of disk, more than is free", needed / 1e9));
    }
  }
}
