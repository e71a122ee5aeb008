package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.Contents.Known;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes a commit's tree into an empty folder. Every entry must be new there, so none is written
 * through a symbolic link that the tree holds as well.
 */
final class TreeWriter {
  private final ObjectReader objects;
  private final Contents contents;
  private final ProgressMonitor monitor;

  /**
   * @param contents is told of what looks otherwise in the tree than in Git
   */
  TreeWriter(ObjectReader objects, Contents contents, ProgressMonitor monitor) {
    this.objects = objects;
    this.contents = contents;
    this.monitor = monitor;
  }

  /** Writes the tree; its entries' names have been checked before. */
  void write(ObjectId tree, Path root) throws IOException {
    writeFolder(tree, root, new byte[0], null);
    contents.lfs().fill(monitor);
  }

  private void writeFolder(ObjectId tree, Path folder, byte[] prefix, @Nullable FolderRules outer)
      throws IOException {
    List<Entry> entries = entries(tree);
    for (Entry entry : entries) {
      if (entry.isAttributes()) {
        writeFile(entry, folder, Bytes.join(prefix, entry.name()), EolStreamType.DIRECT);
      }
    }
    var rules = new FolderRules(outer, FolderRules.in(folder), WorkspacePath.decode(prefix));
    for (Entry entry : entries) {
      byte[] path = Bytes.join(prefix, entry.name());
      if (entry.mode().equals(FileMode.TREE)) {
        if (!contents.cone().includesFolder(WorkspacePath.decode(path))) {
          continue;
        }
        Path child = Files.createDirectory(FileNames.resolve(folder, entry.name()));
        writeFolder(entry.id(), child, Bytes.join(path, new byte[] {'/'}), rules);
      } else if (entry.mode().equals(FileMode.GITLINK)) {
        Files.createDirectory(FileNames.resolve(folder, entry.name()));
      } else if (entry.mode().equals(FileMode.SYMLINK)) {
        writeLink(entry, folder, path);
      } else if (!entry.isAttributes()) {
        String name = WorkspacePath.decode(path);
        writeFile(entry, folder, path, rules.checkOut(name));
        if (contents.lfs().isFor(rules, name)) {
          Path file = FileNames.resolve(folder, entry.name());
          contents.lfs().written(file, name, entry.id(), objects.open(entry.id()), contents);
        }
      }
    }
  }

  private void writeLink(Entry entry, Path folder, byte[] path) throws IOException {
    byte[] target = objects.open(entry.id(), Constants.OBJ_BLOB).getBytes();
    Path inTree = FileNames.of(target);
    Files.createSymbolicLink(FileNames.resolve(folder, entry.name()), inTree);
    note(path, new Known(Ids.of(FileNames.bytes(inTree)), entry.id()));
  }

  private void writeFile(Entry entry, Path folder, byte[] path, EolStreamType lineEnds)
      throws IOException {
    Path file = Files.createFile(FileNames.resolve(folder, entry.name()));
    try (OutputStream out =
        EolStreamTypeUtil.wrapOutputStream(Files.newOutputStream(file), lineEnds)) {
      objects.open(entry.id(), Constants.OBJ_BLOB).copyTo(out);
    }
    if (entry.mode().equals(FileMode.EXECUTABLE_FILE)) {
      Executable.set(file, true);
    }
    if (lineEnds != EolStreamType.DIRECT) {
      try (InputStream in = Files.newInputStream(file)) {
        note(path, new Known(Ids.of(in, Files.size(file)), entry.id()));
      }
    }
    monitor.update(1);
  }

  private void note(byte[] path, Known known) {
    if (!known.inTree().equals(known.inGit())) {
      contents.note(WorkspacePath.decode(path), known);
    }
  }

  private List<Entry> entries(ObjectId tree) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (var at = new CanonicalTreeParser(null, objects, tree); !at.eof(); at.next()) {
      byte[] name = new byte[at.getNameLength()];
      at.getName(name, 0);
      entries.add(new Entry(name, at.getEntryFileMode(), at.getEntryObjectId()));
    }
    return entries;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] name, FileMode mode, ObjectId id) {
    boolean isAttributes() {
      return new String(name, UTF_8).equals(Constants.DOT_GIT_ATTRIBUTES)
          && (mode.getBits() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }
  }
}
