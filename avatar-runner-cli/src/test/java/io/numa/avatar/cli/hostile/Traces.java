package io.numa.avatar.cli.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;

/** Finds traces of a token in any encoding. */
public final class Traces {
  private final Set<String> forms;

  public Traces(String user, String token) {
    var encoder = Base64.getEncoder().withoutPadding();
    this.forms =
        Stream.of(
                token,
                URLEncoder.encode(token, UTF_8),
                encoder.encodeToString(token.getBytes(UTF_8)),
                encoder.encodeToString((user + ":" + token).getBytes(UTF_8)))
            .collect(Collectors.toSet());
  }

  public boolean isIn(String text) {
    return forms.stream().anyMatch(text::contains);
  }

  /**
   * The files under a folder that contain a trace, compressed ones included. Files that disappear
   * meanwhile do not count.
   */
  public Set<Path> find(Path folder) {
    Set<Path> found = new TreeSet<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && isIn(file)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path at, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private boolean isIn(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return isIn(file + "\n" + new String(bytes, ISO_8859_1)) || isIn(inflated(bytes));
    } catch (IOException gone) {
      return false;
    }
  }

  /** A loose object of Git, or nothing. */
  private static String inflated(byte[] bytes) {
    if (bytes.length < 2 || bytes[0] != 0x78) {
      return "";
    }
    try (var in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
