package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The files of one working copy that LFS keeps: those with the attribute {@code filter=lfs}. In the
 * tree they have their own content, in Git they are pointers. No filter program is ever run.
 */
public final class Lfs {
  /** The file in a repository's root that says which contents are downloaded. */
  public static final String CONFIG = LfsConfig.PATH;

  private final Optional<LfsStore> store;
  private final Supplier<LfsServer> server;
  private final Supplier<LfsConfig> config;
  private final long largestTree;
  private final PointedFiles pointed = new PointedFiles();
  private final LfsNotes notes = new LfsNotes();
  private @Nullable FetchFilter filter;
  private final Map<ObjectId, Cleaned> cleaned = new HashMap<>();
  private final Set<ObjectId> staged = new HashSet<>();

  private Lfs(
      Optional<LfsStore> store,
      Supplier<LfsServer> server,
      Supplier<LfsConfig> config,
      long largestTree) {
    this.store = store;
    this.server = server;
    this.config = config;
    this.largestTree = largestTree;
  }

  /** No LFS: treats such files as any others. */
  public static Lfs off() {
    return new Lfs(
        Optional.empty(),
        () -> {
          throw new IllegalStateException("LFS is switched off");
        },
        () -> new LfsConfig(new Config()),
        0);
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
            () -> LfsEndpoint.of(url, LfsConfig.of(repository, base), settings),
            () -> LfsConfig.of(repository, base),
            settings.largestTree())
        : off();
  }

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
    if (blob.getSize() >= LfsPointer.TOO_LONG) {
      return;
    }
    PointerText text = PointerText.of(blob.getBytes());
    if (text instanceof PointerText.Malformed malformed) {
      notes.malformed(path, malformed.reason());
    } else if (text instanceof PointerText.Extended extended) {
      notes.extended(path, extended.extension());
    } else if (text instanceof PointerText.Pointer && !isFetched(path)) {
      notes.excluded();
    } else if (text instanceof PointerText.Pointer found) {
      pointed.add(file, path, found.object(), note);
    }
  }

  private boolean isFetched(String path) {
    if (filter == null) {
      filter = config.get().fetchFilter();
    }
    return filter.allows(path);
  }

  /** What people should know of the files written so far; each text is one line. */
  public List<String> notes() {
    return notes.all();
  }

  /** Adds a line to the notes, such as one on a submodule. */
  public void note(String line) {
    notes.add(line);
  }

  /**
   * Replaces the pointers written since the last call by their contents.
   *
   * @throws PortException of kind {@code DENIED} if there is no room for them
   */
  public void fill(ProgressMonitor monitor, TreeRoom room) throws IOException {
    if (store.isPresent()) {
      pointed.fill(store.get(), server, monitor, room);
    }
  }

  /** The same, where only the contents themselves must keep the limit of a tree. */
  public void fill() throws IOException {
    fill(NullProgressMonitor.INSTANCE, new TreeRoom(largestTree));
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
      PointerText already = PointerText.of(content);
      if (already instanceof PointerText.Pointer pointer) {
        ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
        stage(id, path, pointer.object());
        return id;
      }
      if (content.length == 0 || already instanceof PointerText.Extended) {
        return inserter.insert(Constants.OBJ_BLOB, content);
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

  /** How many staged files have their content in the store. */
  public int staged() {
    return staged.size();
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
    } catch (LfsObjectException e) {
      throw new PortException(
          FailureKind.PUSH_REJECTED,
          "could not put the content of '"
              + LfsFile.shownPath(all, e)
              + "' into LFS: "
              + e.getMessage(),
          e);
    }
  }
}
