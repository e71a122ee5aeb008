package io.numa.avatar.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library. The driver unpacks it to a file first. By default the driver uses
 * the machine's temporary folder, and a killed process would leave the file there.
 */
final class NativeLibrary {
  private static final String FOLDER = "org.sqlite.tmpdir";
  private static final String PLACE = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  /** What this process has loaded. */
  private static final Set<String> LOADED = ConcurrentHashMap.newKeySet();

  private NativeLibrary() {}

  /**
   * Loads the library from a folder that only this process uses, unless it is loaded already.
   * Empties the folder before, as killed processes may have left files, and after, as the loaded
   * library no longer needs its file. Windows keeps the file until the process ends.
   */
  static synchronized void load(Path folder) throws IOException {
    prepare(folder);
    if (LOADED.contains(find())) {
      return;
    }
    Map<String, String> set = settings(folder);
    set.forEach(System::setProperty);
    try {
      SQLiteJDBCLoader.initialize();
      LOADED.add(find());
    } catch (Exception e) {
      throw failure(folder, "is the disk full, or mounted noexec? (" + e.getMessage() + ")", e);
    } finally {
      set.keySet().forEach(System::clearProperty);
    }
    clear(folder);
  }

  /** Finds out which library fits the machine. */
  static String find() {
    return Packed.PATH;
  }

  /** The properties for the driver, without those that the operator has set. */
  private static Map<String, String> settings(Path folder) {
    var settings = new HashMap<String, String>();
    if (System.getProperty(FOLDER) == null && System.getProperty(PLACE) == null) {
      settings.put(FOLDER, folder.toString());
      unpack(folder)
          .ifPresent(
              name -> {
                settings.put(PLACE, folder.toString());
                settings.put(NAME, name);
              });
    }
    return settings;
  }

  /**
   * Unpacks the library, and returns its file's name. The driver would do it, too, but then
   * compares each byte with the jar's. It reports why that cannot be done; so empty is returned
   * here.
   */
  private static Optional<String> unpack(Path folder) {
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(find())) {
      if (library == null) {
        return Optional.empty();
      }
      String unpacked = "sqlite-" + LibraryLoaderUtil.getNativeLibName();
      Files.copy(library, folder.resolve(unpacked));
      return Optional.of(unpacked);
    } catch (IOException e) {
      return Optional.empty();
    }
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

  /** The driver starts a program to tell the machine. */
  private static final class Packed {
    static final String PATH =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
  }
}
