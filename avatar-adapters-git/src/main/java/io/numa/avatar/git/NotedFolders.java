package io.numa.avatar.git;

import io.numa.avatar.port.FolderListing;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is in folders of a working tree that are as they were written, by one look at each. */
final class NotedFolders {
  private final Path root;
  private final BaseTree base;

  NotedFolders(Path root, BaseTree base) {
    this.root = root;
    this.base = base;
  }

  /**
   * Lists a folder.
   *
   * @param wanted the names of the files to list
   * @return empty where it has to be read
   */
  Optional<FolderListing> find(Path folder, Predicate<String> wanted) throws IOException {
    BaseFolder noted = noted(folder);
    if (noted == null
        || !noted.strangers().isEmpty()
        || !base.vouchesFor(noted.stamp(), Stamp.find(folder))) {
      return Optional.empty();
    }
    List<Path> files = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    for (BaseEntry entry : noted.entries()) {
      if (entry.isLeftOut()) {
        continue;
      }
      if (entry.isFolder() || entry.isSubmodule()) {
        folders.add(FileNames.resolve(folder, entry.name()));
      } else if (wanted.test(entry.text())) {
        files.add(FileNames.resolve(folder, entry.name()));
      }
    }
    return Optional.of(new FolderListing(files, folders));
  }

  private @Nullable BaseFolder noted(Path folder) {
    if (!folder.startsWith(root)) {
      return null;
    }
    BaseFolder at = base.root();
    for (Path name : folder.equals(root) ? List.<Path>of() : root.relativize(folder)) {
      BaseEntry entry = at == null ? null : at.find(FileNames.bytes(name));
      at = entry == null ? null : entry.folder();
    }
    return at;
  }
}
