package io.numa.avatar.process.sandbox.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where sandboxes have what is their own, so that nothing of this machine can be shown there. */
public final class OwnPlaces {
  /** Where HOME is seen; the second where the first is in the way. */
  public static final List<Path> HOMES = paths("/home/agent /home/sandbox");

  /** Where the caches of package clients are seen. */
  public static final Path CACHES = Path.of("/var/cache/agent");

  /** Where those of {@link SandboxFolders#caches} are seen that are in the operator's HOME. */
  public static final Path LAYERS = Path.of("/var/cache/layers");

  /** Empty folders for temporary files. */
  public static final List<Path> TMP = paths("/tmp /var/tmp");

  /** What tells of the machine, in all of its parts. */
  private static final List<Path> OF_THE_KERNEL = paths("/dev /proc /sys");

  private static final List<Path> OTHERS = paths("/etc /run");

  private OwnPlaces() {}

  /** Whether a folder would cover what sandboxes have of their own, or show parts of the kernel. */
  public static boolean areCoveredBy(Path folder) {
    return OF_THE_KERNEL.stream().anyMatch(folder::startsWith)
        || Stream.of(OF_THE_KERNEL, OTHERS, TMP)
            .flatMap(List::stream)
            .anyMatch(place -> place.startsWith(folder));
  }

  private static List<Path> paths(String text) {
    return Stream.of(text.split(" ")).map(Path::of).toList();
  }
}
