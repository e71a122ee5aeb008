package io.numa.avatar.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native library. The driver unpacks it to a file first. By default the driver uses
 * the machine's temporary folder, and a killed process would leave the file there.
 */
final class NativeLibrary {
  private static final String FOLDER = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  /**
   * Loads the library from a folder that only this process uses, unless it is loaded already.
   * Empties the folder before, as killed processes may have left files, and after, as the loaded
   * library no longer needs its file. Windows keeps the file until the process ends.
   */
  static synchronized void load(Path folder) throws IOException {
    prepare(folder);
    String before = System.getProperty(FOLDER);
    if (before == null) {
      System.setProperty(FOLDER, folder.toString());
    }
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw failure(folder, "is the disk full, or mounted noexec? (" + e.getMessage() + ")", e);
    } finally {
      if (before == null) {
        System.clearProperty(FOLDER);
      }
    }
    clear(folder);
  }

  private static void prepare(Path folder) throws IOException {
    try {
      PrivateFiles.folder(folder);
      clear(folder);
    } catch (IOException e) {
      throw failure(folder, FileFailures.reason(e), e);
    }
  }

  private static IOException failure(Path folder, String reason, Exception cause) {
    return new IOException(
        "SQLite could not be loaded by way of '" + folder + "': " + reason, cause);
  }

  private static void clear(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path file : files) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          // On Windows the file is in use; the next start tries again.
        }
      }
    }
  }
}
