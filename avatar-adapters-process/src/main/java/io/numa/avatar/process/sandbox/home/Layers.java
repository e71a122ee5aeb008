package io.numa.avatar.process.sandbox.home;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.process.sandbox.settings.OwnPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The operator's caches, which sandboxes read. What they write goes to a layer of the repository's
 * own; where no layer can be mounted, they get an empty folder of the repository's own in its
 * place.
 *
 * @param home the operator's HOME: what is in it is seen in the HOME of the sandbox, by a link
 */
public record Layers(Path home, List<Path> folders) {
  private static final String PLACES = "layers";
  private static final String WORK = "work";

  public Layers {
    folders = folders.stream().filter(Files::isDirectory).toList();
  }

  /**
   * A layer over a folder.
   *
   * @param place the folder of this layer, which no sandbox sees
   * @param target where the two are seen together
   */
  public record Layer(Path lower, Path place, Path target) {
    public Path upper() {
      return place.resolve("upper");
    }

    public Path work() {
      return place.resolve(WORK);
    }

    public Path merged() {
      return place.resolve("merged");
    }

    /** Makes the folders, as far as they are missing. */
    void make() throws IOException {
      for (Path folder : List.of(upper(), work(), merged())) {
        if (!Files.isDirectory(folder)) {
          Files.createDirectories(folder, Homes.PRIVATE);
        }
      }
    }
  }

  /**
   * Layers of a repository.
   *
   * @param repository its folder
   * @param number which of them; the first is 1
   */
  List<Layer> of(Path repository, int number) {
    Path places = repository.resolve(PLACES);
    String suffix = number == 1 ? "" : "-" + number;
    return folders.stream()
        .map(folder -> new Layer(folder, places.resolve(name(folder) + suffix), target(folder)))
        .toList();
  }

  /**
   * Whether a folder is one that the kernel works in while a layer is mounted. It holds nothing
   * that stays, and only root may read it.
   *
   * @param repository its folder
   */
  static boolean isKernels(Path repository, Path folder) {
    Path relative = repository.relativize(folder);
    return relative.getNameCount() == 3 && relative.startsWith(PLACES) && relative.endsWith(WORK);
  }

  /** The links in the HOME of a sandbox that lead to the caches. */
  Map<Path, Path> links() {
    var links = new HashMap<Path, Path>();
    for (Path folder : folders) {
      if (isInHome(folder)) {
        links.put(home.relativize(folder), target(folder));
      }
    }
    return links;
  }

  /** Of the root, which is HOME for a dynamic user of systemd, only hidden folders are HOME's. */
  boolean isInHome(Path folder) {
    boolean isRoot = home.getNameCount() == 0;
    return isRoot ? folder.toString().startsWith("/.") : folder.startsWith(home);
  }

  private Path target(Path folder) {
    return isInHome(folder) ? OwnPlaces.LAYERS.resolve(name(folder)) : folder;
  }

  private static String name(Path folder) {
    var sum = new CRC32();
    sum.update(folder.toString().getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
