package io.numa.avatar.process.sandbox.etc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the settings in {@code /etc} that programs need, and that tell nothing of other hosts
 * or people. It takes one mount, where the originals take dozens, at a quarter of a millisecond
 * each. Only files that every user of the machine may read are copied.
 */
public final class EtcCopy {
  private static final Logger log = LoggerFactory.getLogger(EtcCopy.class);

  private static final String WANTED =
      "{alternatives,ssl,pki,crypto-policies,ld.so.*,localtime,timezone,"
          + "java*,maven,groovy,perl,php,python3*,ImageMagick*,R,fonts,magic*,mailcap,mime.types,"
          + "terminfo,locale.*,xml,sgml,services,protocols,rpc,ethertypes,networks,gai.conf,"
          + "os-release,debian_version,lsb-release,redhat-release,alpine-release}";

  /** Folders of many links, which are seen themselves. */
  public static final List<Path> SEEN =
      Stream.of("alternatives", "ssl/certs", "pki/ca-trust", "pki/tls/certs")
          .map(Path::of)
          .toList();

  private static final Path TIME_ZONE = Path.of("localtime");
  private static final long LARGEST = 4 << 20;

  private final Path etc;

  /** What to copy, by its path relative to {@code /etc}, and how it looks. */
  private final TreeMap<Path, String> entries = new TreeMap<>();

  private EtcCopy(Path etc) {
    this.etc = etc;
  }

  /** Copies into a folder of {@code folder} that bears the content's mark, unless it is there. */
  public static Path into(Path folder, List<Own> own) throws IOException {
    return into(folder, own, Path.of("/etc"));
  }

  static Path into(Path folder, List<Own> own, Path etc) throws IOException {
    var copy = new EtcCopy(etc);
    copy.find();
    Path target = folder.resolve(copy.mark(own));
    if (!Files.isDirectory(target)) {
      Path made = Files.createTempDirectory(folder, "new");
      copy.write(made);
      for (Own file : own) {
        Files.writeString(made.resolve(file.name()), file.content(), UTF_8);
      }
      move(made, target);
    }
    return target;
  }

  /** Another avatar may have made the same at the same time. */
  private static void move(Path made, Path target) throws IOException {
    try {
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      log.debug("'{}' was there already; '{}' is left", target, made);
    }
  }

  /** A file of the sandboxes' own. */
  public record Own(String name, String content) {}

  private void find() throws IOException {
    if (!Files.isDirectory(etc)) {
      return;
    }
    try (var wanted = Files.newDirectoryStream(etc, WANTED)) {
      for (Path entry : wanted) {
        Files.walkFileTree(entry, new Finder());
      }
    }
  }

  private final class Finder extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!readByAll(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Path path = etc.relativize(folder);
      entries.put(path, "");
      return SEEN.contains(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (Files.isRegularFile(file) && Files.size(file) <= LARGEST && readByAll(file)) {
        entries.put(etc.relativize(file), Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static boolean readByAll(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
  }

  private String mark(List<Own> own) {
    var sum = new CRC32();
    entries.forEach((path, look) -> sum.update((path + " " + look + "\n").getBytes(UTF_8)));
    sum.update(own.toString().getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private void write(Path target) throws IOException {
    for (Path path : new ArrayList<>(entries.keySet())) {
      Path source = etc.resolve(path);
      Path copy = target.resolve(path.toString());
      if (Files.isDirectory(source, NOFOLLOW_LINKS)) {
        Files.createDirectories(copy);
      } else if (path.endsWith("settings.xml") && ClientSettings.holdSecret(source)) {
        Files.writeString(copy, "<settings/>\n", UTF_8);
      } else if (path.equals(TIME_ZONE)) {
        Files.copy(source, copy, NOFOLLOW_LINKS); // the link tells Java the zone's name
      } else {
        Files.copy(source, copy);
      }
    }
  }
}
