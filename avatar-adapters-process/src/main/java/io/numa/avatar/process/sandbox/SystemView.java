package io.numa.avatar.process.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The parts of the system that every sandbox sees: programs, libraries and some settings. */
final class SystemView {
  private static final List<String> TOP =
      List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32", "nix/store");

  /** Settings of programs, none of which tells of other hosts or people. */
  private static final String SETTINGS =
      "{alternatives,ssl,ca-certificates,pki,crypto-policies,ld.so.*,localtime,timezone,"
          + "java*,maven,groovy,perl,php,python3*,ImageMagick*,R,fonts,magic*,mailcap,mime.types,"
          + "terminfo,locale.*,xml,sgml,services,protocols,rpc,ethertypes,networks,gai.conf,"
          + "os-release,debian_version,lsb-release,redhat-release,alpine-release}";

  /** Files of programs' settings in which people put passwords. */
  private static final List<String> CLIENT_SETTINGS =
      List.of("settings.xml", "conf/settings.xml", "etc/npmrc", "etc/pip.conf", "init.gradle");

  private static final Pattern SECRET =
      Pattern.compile("<password>|<passphrase>|_auth|_password|://[^/\\s@]+:[^/\\s@]+@");

  private static final int LARGEST_SETTINGS = 1 << 20;

  private SystemView() {}

  /** Reads the file system, so call it once. */
  static List<Mount> mounts() {
    var mounts = new ArrayList<Mount>();
    mounts.add(new Mount.Readable(Path.of("/usr")));
    TOP.stream().map(name -> Path.of("/", name)).forEach(folder -> top(folder, mounts));
    mounts.add(new Mount.Link(Path.of("/var/tmp"), "/tmp"));
    try (DirectoryStream<Path> settings = Files.newDirectoryStream(Path.of("/etc"), SETTINGS)) {
      for (Path entry : settings) {
        if (Files.isReadable(entry)) {
          mounts.add(new Mount.Readable(entry));
          mounts.addAll(withoutSecrets(entry));
        }
      }
    } catch (IOException e) {
      return mounts; // programs then run with their defaults
    }
    return mounts;
  }

  private static void top(Path folder, List<Mount> mounts) {
    try {
      if (Files.isSymbolicLink(folder)) {
        mounts.add(new Mount.Link(folder, Files.readSymbolicLink(folder).toString()));
      } else if (Files.isDirectory(folder)) {
        mounts.add(new Mount.Readable(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Covers the settings of package clients below a folder, if they hold passwords. */
  static List<Mount> withoutSecrets(Path folder) {
    return CLIENT_SETTINGS.stream()
        .map(folder::resolve)
        .filter(SystemView::holdsSecret)
        .<Mount>map(Mount.NoFile::new)
        .toList();
  }

  private static boolean holdsSecret(Path file) {
    try {
      return Files.isRegularFile(file)
          && (Files.size(file) > LARGEST_SETTINGS
              || SECRET.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find());
    } catch (IOException e) {
      return true;
    }
  }
}
