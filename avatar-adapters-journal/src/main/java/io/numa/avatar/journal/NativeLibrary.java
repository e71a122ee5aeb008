package io.numa.avatar.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite itself, which the driver unpacks to a file before it can be loaded. By itself it would do
 * so in the machine's folder for temporary files, and a killed process would leave it there.
 */
final class NativeLibrary {
  private static final String FOLDER = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  /**
   * Loads the library from a folder of this process alone, unless it is loaded already. What is in
   * the folder is removed, before for those that were killed here, and after, as the loaded library
   * needs its file no more; Windows keeps it until the process ends.
   */
  static synchronized void load(Path folder) throws IOException {
    PrivateFiles.folder(folder);
    clear(folder);
    String before = System.getProperty(FOLDER);
    if (before == null) {
      System.setProperty(FOLDER, folder.toString());
    }
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new IOException(
          "SQLite could not be loaded by way of '"
              + folder
              + "'; is the disk full, or mounted noexec? ("
              + e.getMessage()
              + ")",
          e);
    } finally {
      if (before == null) {
        System.clearProperty(FOLDER);
      }
    }
    clear(folder);
  }

  private static void clear(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path file : files) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          // In use, on Windows; the next start tries again.
        }
      }
    }
  }
}
