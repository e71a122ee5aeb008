package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;

/**
 * The files of one working copy that LFS keeps: those with the attribute {@code filter=lfs}. In the
 * tree they have their own content, in Git they are pointers. No filter program is ever run.
 */
public final class Lfs {
  private static final Duration AGE = Duration.ofSeconds(10);

  private final Optional<LfsStore> store;
  private final Supplier<LfsServer> server;
  private final List<Pointed> pointed = new ArrayList<>();
  private final Map<ObjectId, Cleaned> cleaned = new HashMap<>();
  private final Set<ObjectId> staged = new HashSet<>();

  private Lfs(Optional<LfsStore> store, Supplier<LfsServer> server) {
    this.store = store;
    this.server = server;
  }

  /** No LFS: treats such files as any others. */
  public static Lfs off() {
    return new Lfs(
        Optional.empty(),
        () -> {
          throw new IllegalStateException("LFS is switched off");
        });
  }

  /**
   * LFS for a working copy, as the settings say. The server is located on first use.
   *
   * @param objects a folder for the contents, which the commands in the tree cannot reach; created
   *     if missing
   * @param base the tree of the base commit
   */
  public static Lfs of(
      RepositoryUrl url, Path objects, Repository repository, ObjectId base, GitSettings settings) {
    return settings.features().lfs()
        ? new Lfs(
            Optional.of(new LfsStore(objects)),
            () -> LfsEndpoint.of(url, repository, base, settings))
        : off();
  }

  /** An LFS file, by its path in the repository. */
  private interface LfsFile {
    String path();

    LfsPointer pointer();
  }

  private static String shownPath(
      Collection<? extends LfsFile> files, LfsMissingException missing) {
    return files.stream()
        .filter(file -> file.pointer().oid().equals(missing.oid()))
        .map(file -> WorkspacePath.shown(file.path()))
        .findFirst()
        .orElse(missing.oid());
  }

  /** A file in the tree that still holds the text of a pointer. */
  private record Pointed(Path file, String path, LfsPointer pointer, Filled note)
      implements LfsFile {}

  /** Receives the id of a file's content after the content was written. */
  @FunctionalInterface
  public interface Filled {
    void with(ObjectId inTree) throws IOException;
  }

  /** A pointer that will be committed. */
  private record Cleaned(String path, LfsPointer pointer) implements LfsFile {}

  /** Whether LFS keeps a file. */
  public boolean isFor(FolderRules rules, String path) {
    return store.isPresent() && rules.isLfs(path);
  }

  /**
   * Notes a file that was written with the content of its blob in Git.
   *
   * @param note receives the id of the content once the file is filled
   */
  public void written(Path file, String path, ObjectLoader blob, Filled note) throws IOException {
    if (blob.getSize() < LfsPointer.TOO_LONG) {
      LfsPointer.parse(blob.getBytes())
          .ifPresent(pointer -> pointed.add(new Pointed(file, path, pointer, note)));
    }
  }

  /** Replaces the pointers written since the last call by their contents. */
  public void fill(ProgressMonitor monitor) throws IOException {
    List<Pointed> files = List.copyOf(pointed);
    pointed.clear();
    if (files.isEmpty()) {
      return;
    }
    LfsStore objects = store.orElseThrow();
    Set<LfsPointer> missing = new LinkedHashSet<>();
    for (Pointed file : files) {
      if (!objects.has(file.pointer())) {
        missing.add(file.pointer());
      }
    }
    requireRoom(objects, files, missing);
    download(files, missing, monitor);
    for (Pointed file : files) {
      objects.copyTo(file.pointer(), file.file());
      age(file.file());
      try (InputStream in = Files.newInputStream(file.file())) {
        file.note().with(BlobIds.of(in, file.pointer().size()));
      }
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

  private void download(List<Pointed> files, Set<LfsPointer> missing, ProgressMonitor monitor)
      throws IOException {
    if (missing.isEmpty()) {
      return;
    }
    monitor.beginTask("Downloading LFS objects", missing.size());
    try {
      server.get().download(missing, store.orElseThrow(), monitor);
    } catch (LfsMissingException e) {
      throw new PortException(
          FailureKind.NOT_FOUND,
          "could not get the content of '"
              + shownPath(files, e)
              + "' from LFS: "
              + e.getMessage()
              + "; set git.lfs to false to work with pointers in its place",
          e);
    }
  }

  /** Opens a file of the tree; Lfs may call this several times. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /** Forgets the pointers of the last staged tree. */
  public void restart() {
    staged.clear();
  }

  /** Keeps a pointer of a previous staged tree for the next one. */
  public void keep(ObjectId blob) {
    if (cleaned.containsKey(blob)) {
      staged.add(blob);
    }
  }

  private void stage(ObjectId blob, String path, LfsPointer pointer) {
    cleaned.put(blob, new Cleaned(path, pointer));
    staged.add(blob);
  }

  /**
   * Keeps the content of a changed file, and stores a pointer to it.
   *
   * @param largest the limit of the content's size, in bytes
   * @return the id of the pointer, or of the content itself if that is a pointer or empty
   */
  public ObjectId clean(String path, Source file, long size, long largest, ObjectInserter inserter)
      throws IOException {
    if (size < LfsPointer.TOO_LONG) {
      byte[] content;
      try (InputStream in = file.open()) {
        content = in.readNBytes(LfsPointer.TOO_LONG);
      }
      Optional<LfsPointer> already = LfsPointer.parse(content);
      if (content.length == 0 || already.isPresent()) {
        ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
        already.ifPresent(pointer -> stage(id, path, pointer));
        return id;
      }
    }
    LfsPointer pointer;
    try (InputStream in = file.open()) {
      pointer = store.orElseThrow().add(in, largest);
    }
    if (pointer.size() > largest) {
      throw new PortException(
          FailureKind.DENIED,
          "could not commit the change: '"
              + WorkspacePath.shown(path)
              + "' has more than guard.max_file_size: "
              + largest
              + " bytes");
    }
    ObjectId id = inserter.insert(Constants.OBJ_BLOB, pointer.blob());
    stage(id, path, pointer);
    return id;
  }

  /** The size of the file behind a pointer that will be committed, in bytes. */
  public Optional<Long> size(ObjectId blob) {
    return Optional.ofNullable(cleaned.get(blob)).map(one -> one.pointer().size());
  }

  /**
   * The content behind a pointer that will be committed; empty if the content is not on this
   * machine.
   */
  public Optional<InputStream> content(ObjectId blob) throws IOException {
    Cleaned one = cleaned.get(blob);
    return one != null && store.orElseThrow().has(one.pointer())
        ? Optional.of(Files.newInputStream(store.orElseThrow().path(one.pointer())))
        : Optional.empty();
  }

  /** Uploads the contents behind the pointers of the commit that will be pushed. */
  public void upload() throws IOException {
    if (staged.isEmpty()) {
      return;
    }
    List<Cleaned> all = staged.stream().map(cleaned::get).toList();
    Set<LfsPointer> objects = new LinkedHashSet<>();
    all.forEach(one -> objects.add(one.pointer()));
    try {
      server.get().upload(objects, store.orElseThrow());
    } catch (LfsMissingException e) {
      throw new PortException(
          FailureKind.PUSH_REJECTED,
          "could not put the content of '" + shownPath(all, e) + "' into LFS: " + e.getMessage(),
          e);
    }
  }
}
