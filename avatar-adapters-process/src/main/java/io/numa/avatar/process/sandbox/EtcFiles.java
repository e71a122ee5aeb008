package io.numa.avatar.process.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.process.sandbox.etc.EtcCopy;
import io.numa.avatar.process.sandbox.settings.OwnPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What sandboxes see in {@code /etc}: a part of the system's, and files of their own, which tell
 * who the user is and how names are found.
 *
 * @param common for sandboxes with the usual HOME and a network of their own
 * @param seen folders of the machine's own that cover parts of it
 * @param variants the files in which other sandboxes differ
 */
record EtcFiles(Path common, List<Path> seen, Path variants) {
  private static final Path ETC = Path.of("/etc");
  private static final String GROUPS = "root:x:0:\nagent:x:1000:\nnogroup:x:65534:\n";
  private static final String HOSTS =
      "127.0.0.1 localhost sandbox\n::1 localhost ip6-localhost ip6-loopback\n";
  private static final String EMPTY = "empty";

  /** Writes the files. What an earlier avatar wrote is used, or replaced. */
  static EtcFiles write(Path folder) throws IOException {
    Files.createDirectories(folder);
    replace(folder.resolve("passwd"), users(OwnPlaces.HOMES.get(1)));
    replace(folder.resolve("hosts"), machineHosts());
    replace(folder.resolve(EMPTY), "");
    replace(folder.resolve(EMPTY + ".xml"), "<settings/>\n");
    var own =
        List.of(
            new EtcCopy.Own("passwd", users(OwnPlaces.HOMES.get(0))),
            new EtcCopy.Own("group", GROUPS),
            new EtcCopy.Own("hosts", HOSTS),
            new EtcCopy.Own("resolv.conf", "nameserver 127.0.0.1\noptions timeout:2 attempts:1\n"),
            new EtcCopy.Own("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"));
    Path common = EtcCopy.into(folder, own);
    List<Path> seen =
        EtcCopy.SEEN.stream()
            .filter(path -> Files.isDirectory(common.resolve(path)))
            .map(ETC::resolve)
            .toList();
    return new EtcFiles(common, seen, folder);
  }

  /** The machine's own hosts, and the sandboxes' host name. */
  private static String machineHosts() throws IOException {
    Path hosts = ETC.resolve("hosts");
    return Files.isReadable(hosts)
        ? Files.readString(hosts, ISO_8859_1) + "\n127.0.0.1 sandbox\n"
        : HOSTS;
  }

  private static String users(Path home) {
    return "root:x:0:0:root:/:/bin/sh\nagent:x:1000:1000:agent:"
        + home
        + ":/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/sh\n";
  }

  private static void replace(Path file, String text) throws IOException {
    Path made = Files.createTempFile(file.getParent(), "new", ".tmp");
    Files.writeString(made, text, UTF_8);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @param home where the user's HOME is seen
   */
  List<Mount> mounts(Path home, Network network) {
    var mounts = new ArrayList<Mount>();
    mounts.add(new Mount.ReadOnly(common, ETC));
    seen.forEach(folder -> mounts.add(new Mount.ReadOnly(folder)));
    if (!home.equals(OwnPlaces.HOMES.get(0))) {
      mounts.add(variant("passwd"));
    }
    if (network instanceof Network.Machine) {
      mounts.add(variant("hosts"));
      Stream.of("resolv.conf", "nsswitch.conf")
          .map(ETC::resolve)
          .filter(Files::isReadable)
          .forEach(file -> mounts.add(new Mount.ReadOnly(file)));
    }
    return mounts;
  }

  /** The machine's own files of the same kinds, where they are. */
  List<Mount> machines() {
    return Stream.concat(
            seen.stream(),
            Stream.of("passwd", "group", "hosts", "resolv.conf", "nsswitch.conf").map(ETC::resolve))
        .filter(Files::isReadable)
        .<Mount>map(Mount.ReadOnly::new)
        .toList();
  }

  private Mount variant(String name) {
    return new Mount.ReadOnly(variants.resolve(name), ETC.resolve(name));
  }

  /** Covers a file of settings by one that holds none, and that programs can read. */
  Mount empty(Path settings) {
    String name = settings.toString().endsWith(".xml") ? EMPTY + ".xml" : EMPTY;
    return new Mount.ReadOnly(variants.resolve(name), settings);
  }
}
