package io.numa.avatar.port;

import java.nio.file.Path;
import java.util.List;

/** What is in a folder: the paths of files, of whatever kind, and of folders. */
public record FolderListing(List<Path> files, List<Path> folders) {
  public FolderListing {
    files = List.copyOf(files);
    folders = List.copyOf(folders);
  }
}
