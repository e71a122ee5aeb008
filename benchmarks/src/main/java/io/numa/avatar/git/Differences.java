package io.numa.avatar.git;

import io.numa.avatar.git.Contents.Known;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.NullMarked;

/**
 * Finds out what a checkout notes while it writes: which files and links look otherwise in the tree
 * than in Git.
 */
@NullMarked
final class Differences {
  private final Path tree;
  private final Contents contents;
  private final Map<String, FolderRules> rules = new HashMap<>();

  /**
   * @param tree what a checkout of the base of {@code contents} would be
   */
  Differences(Path tree, Contents contents) {
    this.tree = tree;
    this.contents = contents;
  }

  void note() throws IOException {
    boolean converts = false;
    for (int i = 0; i < contents.base().getEntryCount(); i++) {
      converts |= isAttributes(WorkspacePath.decode(contents.base().getEntry(i).getRawPath()));
    }
    for (int i = 0; i < contents.base().getEntryCount(); i++) {
      DirCacheEntry entry = contents.base().getEntry(i);
      Path file = FileNames.resolve(tree, entry.getRawPath());
      if (entry.getFileMode().equals(FileMode.SYMLINK)) {
        note(entry, Ids.of(FileNames.bytes(Files.readSymbolicLink(file))));
      } else if (converts && isConverted(entry)) {
        try (InputStream in = Files.newInputStream(file)) {
          note(entry, Ids.of(in, Files.size(file)));
        }
      }
    }
  }

  private void note(DirCacheEntry entry, ObjectId inTree) {
    if (!inTree.equals(entry.getObjectId())) {
      contents.note(
          WorkspacePath.decode(entry.getRawPath()), new Known(inTree, entry.getObjectId()));
    }
  }

  private boolean isConverted(DirCacheEntry entry) throws IOException {
    String path = WorkspacePath.decode(entry.getRawPath());
    return !entry.getFileMode().equals(FileMode.GITLINK)
        && !isAttributes(path)
        && rules(folder(path)).checkOut(path) != EolStreamType.DIRECT;
  }

  private static boolean isAttributes(String path) {
    return path.substring(path.lastIndexOf('/') + 1).equals(Constants.DOT_GIT_ATTRIBUTES);
  }

  /** The path up to its last slash, with it; empty for the root. */
  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private FolderRules rules(String folder) throws IOException {
    FolderRules known = rules.get(folder);
    if (known != null) {
      return known;
    }
    var outer = folder.isEmpty() ? null : rules(folder(folder.substring(0, folder.length() - 1)));
    Path place = FileNames.resolve(tree, WorkspacePath.encode(folder));
    var read = new FolderRules(outer, FolderRules.in(place), folder);
    rules.put(folder, read);
    return read;
  }
}
