package io.numa.avatar.workspace;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;

import io.numa.avatar.plan.WorkspacePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change of a workspace's files, all or nothing. Closing it restores all files, unless the change
 * is {@linkplain #keep kept}. Not thread-safe.
 *
 * <p>A change consists of moves between the tree and a folder next to it: new files are created
 * there and moved in, and removed files are moved out. So each move can be undone, and no file
 * changes in place.
 *
 * <p>Only the last name of a path may be a link, see {@link Tree#follow}; otherwise the methods
 * throw a {@link WorkspaceException} of kind {@code DENIED}, as they do for protected paths.
 */
public final class Change implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Change.class);
  private static final int BUFFER = 1 << 16;

  private final Folder top;
  private final Folder scratch;
  private final Tree tree;
  private final ProtectedPaths guarded;
  private final long largestFile;
  private final UndoLog undos = new UndoLog();
  private final Set<WorkspacePath> paths = new HashSet<>();
  private int made;
  private boolean kept;

  Change(Path root, Folder top, Folder scratch, ProtectedPaths guarded, long largestFile) {
    this.top = top;
    this.scratch = scratch;
    this.tree = new Tree(root, top);
    this.guarded = guarded;
    this.largestFile = largestFile;
  }

  /** The tree with this change so far. */
  public Tree tree() {
    return tree;
  }

  /** Creates an empty draft of a file. */
  public Draft draft() throws IOException {
    Path name = next();
    var file = new BufferedOutputStream(scratch.create(name), BUFFER);
    return new Draft(scratch, name, file, largestFile);
  }

  /** Creates a draft with this content. */
  public Draft draft(byte[] content) throws IOException {
    try (Draft draft = draft()) {
      draft.write(content);
      return draft;
    }
  }

  /** Puts a file at a path, over an existing file or link. Creates missing parent folders. */
  public void put(WorkspacePath path, Draft content, boolean executable) throws IOException {
    if (executable) {
      var permissions = scratch.attributes(content.name()).permissions();
      scratch.setPermissions(content.name(), executable(permissions));
    }
    replace(path, content.name());
  }

  /** Puts a link at a path, over an existing file or link. Creates missing parent folders. */
  public void link(WorkspacePath path, byte[] target) throws IOException {
    Path name = next();
    Files.createSymbolicLink(scratch.path().resolve(name), FileNames.of(target));
    replace(path, name);
  }

  /** Copies a file, a link or a whole folder to a free path. */
  public void copy(WorkspacePath from, WorkspacePath to) throws IOException {
    Entry entry = require(from);
    switch (entry.kind()) {
      case LINK -> link(to, tree.linkTarget(from));
      case FILE -> put(to, copyOf(from), entry.executable());
      case FOLDER -> copyFolder(from, to);
      case OTHER -> throw WorkspaceException.conflict("'" + from + "' is neither file nor folder");
    }
  }

  private Draft copyOf(WorkspacePath file) throws IOException {
    try (Draft copy = draft();
        InputStream content = tree.open(file)) {
      content.transferTo(copy);
      return copy;
    }
  }

  private void copyFolder(WorkspacePath from, WorkspacePath to) throws IOException {
    makeFolder(to);
    int prefix = from.value().length();
    for (WorkspacePath child : tree.children(from)) {
      copy(
          child,
          WorkspacePath.ofGit(WorkspacePath.encode(to.value() + child.value().substring(prefix))));
    }
  }

  /** Moves an entry to a free path. Creates missing parent folders. */
  public void move(WorkspacePath from, WorkspacePath to) throws IOException {
    require(from);
    makeParent(to);
    transfer(inTree(from), inTree(to));
  }

  /** Removes a file, a link or a whole folder. */
  public void remove(WorkspacePath path) throws IOException {
    require(path);
    transfer(inTree(path), inScratch(next()));
  }

  /** Removes a folder and its parent folders, up to the first that is not empty. */
  public void removeEmpty(WorkspacePath folder) throws IOException {
    Optional<WorkspacePath> next = Optional.of(folder);
    while (next.isPresent() && isEmpty(next.get())) {
      remove(next.get());
      next = next.get().parent();
    }
  }

  private boolean isEmpty(WorkspacePath folder) throws IOException {
    return tree.find(folder).filter(Entry::isFolder).isPresent() && tree.children(folder).isEmpty();
  }

  /** Sets or clears a file's executable bit; on a copy, as the file may have other hard links. */
  public void setExecutable(WorkspacePath path, boolean executable) throws IOException {
    put(path, copyOf(path), executable);
  }

  /** Creates a folder and its missing parent folders. */
  public void makeFolder(WorkspacePath path) throws IOException {
    Optional<Entry> there = tree.find(path);
    if (there.filter(Entry::isFolder).isPresent()) {
      return;
    }
    if (there.filter(Entry::isLink).isPresent()) {
      throw WorkspaceException.denied("'" + path + "' is a symbolic link, but has to be a folder");
    }
    if (there.isPresent()) {
      throw WorkspaceException.conflict("'" + path + "' is a file, but has to be a folder");
    }
    makeParent(path);
    Path name = next();
    Files.createDirectory(scratch.path().resolve(name));
    transfer(inScratch(name), inTree(path));
  }

  private void makeParent(WorkspacePath path) throws IOException {
    Optional<WorkspacePath> parent = path.parent();
    if (parent.isPresent()) {
      makeFolder(parent.get());
    }
  }

  /** Registers an action that runs when this change is undone. */
  public void onUndo(Runnable undo) {
    undos.push(undo::run);
  }

  /** All paths that were written, or were removed with their contents. */
  public Set<WorkspacePath> paths() {
    return Collections.unmodifiableSet(paths);
  }

  /** Makes the change permanent. */
  public void keep() {
    kept = true;
  }

  private void replace(WorkspacePath path, Path scratchName) throws IOException {
    makeParent(path);
    Optional<Entry> there = tree.find(path);
    if (there.filter(Entry::isFolder).isPresent()) {
      throw WorkspaceException.conflict("'" + path + "' is a folder; delete it first");
    }
    if (there.isPresent()) {
      remove(path);
    }
    transfer(inScratch(scratchName), inTree(path));
  }

  private Entry require(WorkspacePath path) throws IOException {
    return tree.find(path)
        .orElseThrow(() -> WorkspaceException.conflict("'" + path + "' does not exist"));
  }

  private void transfer(Location from, Location to) throws IOException {
    from.check(guarded);
    to.check(guarded);
    try {
      rename(from, to);
    } catch (AccessDeniedException e) {
      String path = from.path().or(to::path).map(Object::toString).orElse("");
      throw WorkspaceException.conflict("'" + path + "' or its folder is write-protected");
    }
    undos.push(() -> rename(to, from));
    from.path().ifPresent(paths::add);
    to.path().ifPresent(paths::add);
  }

  private static void rename(Location from, Location to) throws IOException {
    try (Folder source = from.folder();
        Folder target = to.folder()) {
      source.move(from.name(), target, to.name());
    }
  }

  private Location inTree(WorkspacePath path) {
    return new Location(tree, Tree.above(path), Tree.name(path), Optional.of(path));
  }

  private Location inScratch(Path name) {
    return new Location(new Tree(scratch.path(), scratch), List.of(), name, Optional.empty());
  }

  private Path next() {
    made++;
    return Path.of(Integer.toString(made));
  }

  static Set<PosixFilePermission> executable(Set<PosixFilePermission> permissions) {
    permissions.add(OWNER_EXECUTE);
    if (permissions.contains(GROUP_READ)) {
      permissions.add(GROUP_EXECUTE);
    }
    if (permissions.contains(OTHERS_READ)) {
      permissions.add(OTHERS_EXECUTE);
    }
    return permissions;
  }

  /** Undoes a change that was not kept, and removes temporary files. */
  @Override
  public void close() throws IOException {
    try {
      if (!kept) {
        undos.undo();
      }
    } finally {
      sweep();
      scratch.close();
      top.close();
    }
  }

  private void sweep() {
    try {
      for (Path name : new ArrayList<>(scratch.names())) {
        scratch.delete(name);
      }
    } catch (IOException e) {
      log.debug("Left something in {}", scratch.path(), e); // it is removed with the working copy
    }
  }

  /** A name in a folder of the tree or of the folder next to it. */
  private record Location(Tree tree, List<String> above, Path name, Optional<WorkspacePath> path) {
    Folder folder() throws IOException {
      try {
        return tree.folder(above);
      } catch (NoSuchFileException | NotDirectoryException e) {
        throw WorkspaceException.conflict(
            "the folder of '" + path.map(Object::toString).orElse("") + "' went away");
      }
    }

    void check(ProtectedPaths guarded) throws WorkspaceException {
      if (path.isPresent()) {
        guarded.check(path.get());
      }
    }
  }
}
