package io.numa.avatar.port.repository;

import java.nio.file.Path;
import java.util.List;

/**
 * What is in a folder and all beneath, as far as it is known without reading it.
 *
 * @param files of any kind
 * @param folders those beneath that have to be read, with what is beneath them
 */
public record FolderListing(List<Path> files, List<Path> folders) {
  public FolderListing {
    files = List.copyOf(files);
    folders = List.copyOf(folders);
  }
}
