package io.numa.avatar.testkit;

import io.numa.avatar.port.repository.IgnoredFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/** The ignored files of a folder. It saves the contents of regular files only. */
record InMemoryIgnoredFiles(InMemoryContext context, ObjectId base) implements IgnoredFiles {
  @Override
  public void clear() {
    clear(context.files().directory());
  }

  private void clear(Path folder) {
    try {
      for (String path : context.files().ignored(folder, base)) {
        FolderFiles.delete(folder.resolve(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(String key) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Path root = context.files().directory();
    try {
      for (String path : context.files().ignored(root, base)) {
        try (var all = Files.walk(root.resolve(path))) {
          for (Path file : all.filter(Files::isRegularFile).toList()) {
            files.put(root.relativize(file).toString(), Files.readAllBytes(file));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    context.saved().putIfAbsent(key, files);
  }

  @Override
  public boolean restore(String key, Path folder) {
    clear(folder);
    Map<String, byte[]> files = context.saved().get(key);
    if (files == null) {
      return false;
    }
    try {
      for (var file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.resolveSibling(""));
        Files.write(path, file.getValue());
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void outline(Path folder) {
    Path root = context.files().directory();
    try {
      for (String path : context.files().ignored(root, base)) {
        if (Files.isDirectory(root.resolve(path))) {
          Files.createDirectories(folder.resolve(path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
