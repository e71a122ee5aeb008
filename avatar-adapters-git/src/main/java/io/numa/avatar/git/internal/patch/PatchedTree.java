package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.ContentIndex.Known;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Draft;
import io.numa.avatar.workspace.Entry;
import io.numa.avatar.workspace.Tree;
import io.numa.avatar.workspace.WorkspaceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A working tree with the changes of one patch, which are written only after all of them were found
 * possible. Never follows a symbolic link.
 */
final class PatchedTree {
  /**
   * In bytes. The largest file to which text hunks or a delta can be applied, as it must fit into
   * memory.
   */
  private static final int LARGEST = 256 << 20;

  private final Change change;
  private final Tree tree;
  private final ContentIndex contents;
  private final Map<WorkspacePath, Optional<Node>> before = new HashMap<>();
  private final Map<WorkspacePath, Optional<Node>> after = new LinkedHashMap<>();
  private final Set<WorkspacePath> roomy = new HashSet<>();

  PatchedTree(Change change, ContentIndex contents) {
    this.change = change;
    this.tree = change.tree();
    this.contents = contents;
  }

  /** A file, link or submodule at a path. */
  sealed interface Node {
    /** Opens the bytes to which a diff of it refers. */
    InputStream open() throws IOException;

    /** All of these bytes. */
    default byte[] bytes(WorkspacePath path) throws IOException {
      try (InputStream in = open()) {
        return read(in, path);
      }
    }
  }

  /** Reads content that will be patched. */
  static byte[] read(InputStream in, WorkspacePath path) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST);
    if (in.read() >= 0) {
      throw PatchConflict.at(path, "it is too large: more than " + (LARGEST >> 20) + " MiB");
    }
    return bytes;
  }

  /** A file that is in the tree. */
  record OldFile(Tree tree, WorkspacePath path, Entry entry) implements Node {
    @Override
    public InputStream open() throws IOException {
      return tree.open(path);
    }

    /** Reads the file into one array, as a large file does not fit into memory twice. */
    @Override
    public byte[] bytes(WorkspacePath named) throws IOException {
      return tree.read(path, LARGEST);
    }
  }

  /** A file that will be written. */
  record NewFile(Draft content, boolean executable, Known ids) implements Node {
    @Override
    public InputStream open() throws IOException {
      return content.open();
    }
  }

  /** A symbolic link, and the id of the blob that Git has for its target. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Link(byte[] target, ObjectId id) implements Node {
    @Override
    public InputStream open() {
      return new ByteArrayInputStream(target);
    }
  }

  /** A submodule at a commit. */
  record Pointer(ObjectId commit) implements Node {
    private static final Pattern LINE = Pattern.compile("Subproject commit ([0-9a-f]{40})\n?");

    /** Reads the line by which a diff shows the commit of a submodule. */
    static Pointer parse(byte[] line, WorkspacePath path) {
      Matcher matcher = LINE.matcher(new String(line, ISO_8859_1));
      if (!matcher.matches()) {
        throw PatchConflict.invalid(
            "it does not say which commit the submodule '" + path + "' is at");
      }
      return new Pointer(ObjectId.fromString(matcher.group(1)));
    }

    @Override
    public InputStream open() {
      String line = "Subproject commit " + commit.name() + "\n";
      return new ByteArrayInputStream(line.getBytes(ISO_8859_1));
    }
  }

  /** The file, link or submodule at a path now; empty if there is none that Git knows. */
  Optional<Node> original(WorkspacePath path) throws IOException {
    Optional<Node> known = before.get(path);
    if (known == null) {
      Optional<Entry> entry = find(path);
      known = entry.isEmpty() ? Optional.empty() : node(path, entry.get());
      before.put(path, known);
    }
    return known;
  }

  /** The file, link or submodule at a path after all planned changes. */
  Optional<Node> current(WorkspacePath path) throws IOException {
    Optional<Node> planned = after.get(path);
    return planned == null ? original(path) : planned;
  }

  /** Whether a change is planned at this path. */
  boolean isPlanned(WorkspacePath path) {
    return after.containsKey(path);
  }

  /** Plans a change at a path: a new file, link or submodule, or, if empty, a removal. */
  void put(WorkspacePath path, Optional<Node> node) throws IOException {
    original(path);
    after.put(path, node);
  }

  private Optional<Node> node(WorkspacePath path, Entry entry) throws IOException {
    if (entry.isFolder()) {
      return contents.submodule(path.value()).map(Pointer::new);
    }
    if (entry.isFile()) {
      return Optional.of(new OldFile(tree, path, entry));
    }
    return entry.isLink() ? Optional.of(link(path)) : Optional.empty();
  }

  /** A link as Git has it: Git's target may end in a slash that the tree does not show. */
  private Link link(WorkspacePath path) throws IOException {
    byte[] target = tree.linkTarget(path);
    ObjectId inTree = BlobIds.of(target);
    Optional<Known> known = contents.file(path.value()).filter(ids -> ids.inTree().equals(inTree));
    return known.isPresent()
        ? new Link(contents.read(known.get().inGit()), known.get().inGit())
        : new Link(target, inTree);
  }

  /** Looks at a path. Behind a symbolic link, nothing exists yet. */
  private Optional<Entry> find(WorkspacePath path) throws IOException {
    try {
      return tree.find(path);
    } catch (WorkspaceException e) {
      if (e.kind() == FailureKind.DENIED && goesAbove(path)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean goesAbove(WorkspacePath path) {
    Optional<WorkspacePath> folder = path.parent();
    while (folder.isPresent() && !goes(folder.get())) {
      folder = folder.get().parent();
    }
    return folder.isPresent();
  }

  private boolean goes(WorkspacePath path) {
    Optional<Node> planned = after.get(path);
    return planned != null && planned.isEmpty();
  }

  private boolean comes(WorkspacePath path) {
    Optional<Node> planned = after.get(path);
    return planned != null && planned.isPresent();
  }

  /** Carries out all planned changes. */
  void write() throws IOException {
    for (var planned : after.entrySet()) {
      if (planned.getValue().isPresent()) {
        requireRoom(planned.getKey());
      }
    }
    removeWhatGoes();
    for (var planned : after.entrySet()) {
      if (planned.getValue().isPresent()) {
        write(planned.getKey(), planned.getValue().get());
      }
    }
  }

  private void removeWhatGoes() throws IOException {
    Set<WorkspacePath> folders = new LinkedHashSet<>();
    for (var planned : after.entrySet()) {
      WorkspacePath path = planned.getKey();
      Optional<Node> old = original(path);
      if (old.isPresent() && !staysInPlace(old.get(), planned.getValue())) {
        change.remove(path);
        path.parent().ifPresent(folders::add);
        if (old.get() instanceof Pointer) {
          contents.point(path, Optional.empty(), change);
        }
      }
    }
    for (WorkspacePath folder : folders) {
      change.removeEmpty(folder);
    }
  }

  /**
   * Whether an entry can be overwritten by one of the same kind, so that it need not be removed
   * first.
   */
  private static boolean staysInPlace(Node old, Optional<Node> next) {
    return next.isPresent() && (old instanceof Pointer == next.get() instanceof Pointer);
  }

  private void write(WorkspacePath path, Node node) throws IOException {
    if (tree.find(path).filter(Entry::isFolder).isPresent() && !(node instanceof Pointer)) {
      change.remove(path); // all files in it have been removed; empty folders may be left
    }
    if (node instanceof NewFile file) {
      change.put(path, file.content(), file.executable());
      contents.note(path, file.ids(), change);
    } else if (node instanceof Link link) {
      change.link(path, link.target());
      contents.note(path, new Known(BlobIds.of(tree.linkTarget(path)), link.id()), change);
    } else if (node instanceof Pointer pointer) {
      change.makeFolder(path);
      contents.point(path, Optional.of(pointer.commit()), change);
    }
  }

  /**
   * Checks that a new file has only folders above it, and no folder in its place, after all
   * changes.
   */
  private void requireRoom(WorkspacePath path) throws IOException {
    Optional<WorkspacePath> folder = path.parent();
    while (folder.isPresent() && roomy.add(folder.get())) {
      WorkspacePath above = folder.get();
      if (contents.submodule(above.value()).isPresent() && !goes(above)) {
        throw PatchConflict.at(path, "'" + above + "' is a submodule, which has files of its own");
      }
      boolean isFile = find(above).filter(entry -> !entry.isFolder()).isPresent();
      if (comes(above) || (isFile && !goes(above))) {
        throw PatchConflict.at(path, "'" + above + "' is a file, but has to be a folder");
      }
      folder = above.parent();
    }
    if (find(path).filter(Entry::isFolder).isPresent() && original(path).isEmpty()) {
      requireAllGoes(path, path);
    }
  }

  private void requireAllGoes(WorkspacePath folder, WorkspacePath path) throws IOException {
    for (WorkspacePath child : tree.children(folder)) {
      if (goes(child)) {
        continue;
      }
      if (tree.find(child).filter(Entry::isFolder).isEmpty()) {
        throw PatchConflict.at(path, "it is a folder, and not all in it is deleted");
      }
      requireAllGoes(child, path);
    }
  }
}
