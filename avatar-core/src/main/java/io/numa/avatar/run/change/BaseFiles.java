package io.numa.avatar.run.change;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Draft;
import io.numa.avatar.workspace.Entry;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts files of the base commit into a changed tree. */
public final class BaseFiles {
  private final Path base;
  private final Workspace tree;

  /**
   * @param base a folder with the base commit's files
   */
  public BaseFiles(Path base, Workspace tree) {
    this.base = base;
    this.tree = tree;
  }

  /** Puts files and links at their paths, in place of what is there now. */
  public void put(List<WorkspacePath> files) throws IOException {
    try (Change change = tree.begin()) {
      for (WorkspacePath file : files) {
        put(file, change);
      }
      change.keep();
    }
  }

  private void put(WorkspacePath file, Change change) throws IOException {
    Path from = FileNames.resolve(base, WorkspacePath.encode(file.value()));
    boolean link = Files.isSymbolicLink(from);
    if (!link && !Files.isRegularFile(from, NOFOLLOW_LINKS)) {
      return; // a submodule
    }
    clearTheWay(file, change);
    if (link) {
      change.link(file, FileNames.bytes(Files.readSymbolicLink(from)));
    } else {
      change.put(file, draft(from, change), Files.isExecutable(from));
    }
  }

  private static Draft draft(Path from, Change change) throws IOException {
    try (Draft draft = change.draft();
        InputStream content = Files.newInputStream(from)) {
      content.transferTo(draft);
      return draft;
    }
  }

  /** Removes a file or link where a folder must be, and the entry at the path itself. */
  private static void clearTheWay(WorkspacePath file, Change change) throws IOException {
    var above = new StringBuilder();
    List<String> names = file.segments();
    for (String name : names) {
      above.append(above.isEmpty() ? "" : "/").append(name);
      var path = WorkspacePath.ofGit(WorkspacePath.encode(above.toString()));
      Optional<Entry> there = change.tree().find(path);
      boolean inTheWay = path.equals(file) || there.filter(entry -> !entry.isFolder()).isPresent();
      if (there.isPresent() && inTheWay) {
        change.remove(path);
      }
    }
  }
}
