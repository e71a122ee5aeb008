package io.numa.avatar.process.sandbox.etc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The machine-wide settings of package clients, in which people put passwords. */
public final class ClientSettings {
  private static final List<String> FILES =
      List.of("conf/settings.xml", "etc/npmrc", "etc/pip.conf", "init.d/init.gradle");

  private static final Pattern SECRET =
      Pattern.compile("<password>|<passphrase>|_auth|_password|://[^/\\s@]+:[^/\\s@]+@");

  private static final int LARGEST = 1 << 20;

  private ClientSettings() {}

  /** Those below a tool's folder that hold passwords. */
  public static List<Path> secretOnes(Path folder) {
    return FILES.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .filter(ClientSettings::holdSecret)
        .toList();
  }

  static boolean holdSecret(Path file) {
    try {
      return Files.size(file) > LARGEST
          || SECRET.matcher(Files.readString(file, ISO_8859_1)).find();
    } catch (IOException e) {
      return true;
    }
  }
}
