package io.numa.avatar.workspace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * Converts names in Git, which are bytes, into paths of this machine and back, byte by byte.
 *
 * <p>Java converts text into a {@link Path} by the locale's charset: with {@code LANG=C}, Java 17
 * supports only ASCII names, and no locale supports all names. On Unix, Java stores a path as
 * bytes, too, and a {@code file} URI has these bytes.
 */
public final class FileNames {
  private static final Path ROOT = Path.of("/");
  private static final String HEX = "0123456789ABCDEF";

  private FileNames() {}

  /** The entry of that name, or relative path, in a folder. */
  public static Path resolve(Path folder, byte[] name) {
    return isAscii(name)
        ? folder.resolve(new String(name, US_ASCII))
        : folder.resolve(relative(name));
  }

  /** The path of these bytes, relative or absolute. Empty names in it are dropped. */
  public static Path of(byte[] bytes) {
    if (isAscii(bytes)) {
      return Path.of(new String(bytes, US_ASCII));
    }
    return bytes[0] == '/' ? absolute(bytes) : relative(bytes);
  }

  /** The bytes of a path. */
  public static byte[] bytes(Path path) {
    String text = path.toString();
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text.getBytes(US_ASCII);
    }
    String raw = ROOT.resolve(path).toUri().getRawPath();
    int from = path.isAbsolute() ? 0 : 1;
    int to =
        raw.endsWith("/") ? raw.length() - 1 : raw.length(); // the URI of a folder ends in a slash
    var bytes = new ByteArrayOutputStream(to);
    for (int i = from; i < to; i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static Path relative(byte[] bytes) {
    Path absolute = absolute(bytes);
    return absolute.subpath(0, absolute.getNameCount());
  }

  private static Path absolute(byte[] bytes) {
    var uri = new StringBuilder("file:///");
    for (byte b : bytes) {
      if (b != '/') {
        uri.append('%').append(HEX.charAt((b & 0xf0) >> 4)).append(HEX.charAt(b & 0xf));
      } else if (uri.charAt(uri.length() - 1) != '/') {
        uri.append('/');
      }
    }
    return Path.of(URI.create(uri.toString()));
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
