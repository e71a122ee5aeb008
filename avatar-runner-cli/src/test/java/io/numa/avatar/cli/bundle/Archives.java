package io.numa.avatar.cli.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads compressed tar files. */
public final class Archives {
  private Archives() {}

  /** The texts of an archive's files, by their names. */
  public static Map<String, String> textsOf(Path archive) throws IOException {
    var all = new LinkedHashMap<String, String>();
    try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        all.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
      }
    }
    return all;
  }
}
