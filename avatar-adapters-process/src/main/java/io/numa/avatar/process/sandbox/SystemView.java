package io.numa.avatar.process.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The system's programs and libraries, which every sandbox sees. */
final class SystemView {
  private static final List<String> TOP =
      List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32", "nix/store");

  private SystemView() {}

  /** Reads the file system, so call it once. */
  static List<Mount> mounts() {
    var mounts = new ArrayList<Mount>();
    mounts.add(new Mount.ReadOnly(Path.of("/usr")));
    TOP.stream().map(name -> Path.of("/", name)).forEach(folder -> top(folder, mounts));
    return mounts;
  }

  private static void top(Path folder, List<Mount> mounts) {
    try {
      if (Files.isSymbolicLink(folder)) {
        mounts.add(new Mount.Link(folder, Files.readSymbolicLink(folder).toString()));
      } else if (Files.isDirectory(folder)) {
        mounts.add(new Mount.ReadOnly(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
