package io.numa.avatar.port.repository;

import java.nio.file.Path;
import java.util.List;

/**
 * The contents of a folder and its subfolders, as far as they are known without reading the
 * folders.
 *
 * @param files of any kind
 * @param folders the subfolders that have to be read, with all their contents
 */
public record FolderListing(List<Path> files, List<Path> folders) {
  public FolderListing {
    files = List.copyOf(files);
    folders = List.copyOf(folders);
  }
}
