package io.numa.avatar.process.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sandboxes' own files in {@code /etc}: who the user is, and how names are found.
 *
 * @param folder where they are kept
 */
record EtcFiles(Path folder) {
  private static final Path ETC = Path.of("/etc");
  private static final String GROUPS = "root:x:0:\nagent:x:1000:\nnogroup:x:65534:\n";
  private static final String HOSTS =
      "127.0.0.1 localhost sandbox\n::1 localhost ip6-localhost ip6-loopback\n";

  /** Writes the files, also over those of an earlier avatar. */
  static EtcFiles write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path home : Homes.INSIDE) {
      replace(folder.resolve(passwd(home)), users(home));
    }
    replace(folder.resolve("group"), GROUPS);
    replace(folder.resolve("hosts"), HOSTS);
    replace(folder.resolve("machine-hosts"), machineHosts());
    replace(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\noptions timeout:2 attempts:1\n");
    replace(folder.resolve("nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
    return new EtcFiles(folder);
  }

  /** The machine's own hosts, and the sandboxes' host name. */
  private static String machineHosts() throws IOException {
    Path hosts = ETC.resolve("hosts");
    return Files.isReadable(hosts)
        ? Files.readString(hosts, ISO_8859_1) + "\n127.0.0.1 sandbox\n"
        : HOSTS;
  }

  private static String passwd(Path home) {
    return "passwd-" + home.getFileName();
  }

  private static String users(Path home) {
    return "root:x:0:0:root:/:/bin/sh\nagent:x:1000:1000:agent:"
        + home
        + ":/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/sh\n";
  }

  private static void replace(Path file, String text) throws IOException {
    Path made = Files.createTempFile(file.getParent(), "etc", ".tmp");
    Files.writeString(made, text, UTF_8);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @param home where the user's HOME is seen
   */
  List<Mount> mounts(Path home, Network network) {
    var mounts = new ArrayList<Mount>();
    mounts.add(own(passwd(home), "passwd"));
    mounts.add(own("group", "group"));
    if (network instanceof Network.Machine) {
      mounts.add(own("machine-hosts", "hosts"));
      Stream.of("resolv.conf", "nsswitch.conf")
          .map(ETC::resolve)
          .filter(Files::isReadable)
          .forEach(file -> mounts.add(new Mount.Readable(file)));
    } else {
      for (String name : List.of("hosts", "resolv.conf", "nsswitch.conf")) {
        mounts.add(own(name, name));
      }
    }
    return mounts;
  }

  private Mount own(String name, String seenAs) {
    return new Mount.Readable(folder.resolve(name), ETC.resolve(seenAs));
  }
}
