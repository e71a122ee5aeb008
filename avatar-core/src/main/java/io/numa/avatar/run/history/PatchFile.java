package io.numa.avatar.run.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.numa.avatar.run.text.Sha256;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The change of an attempt that was not delivered, as a Git diff. The file is for the operator
 * alone: its secrets are not redacted, and only the avatar's user may read it.
 *
 * @param path absolute
 */
public record PatchFile(Path path) {
  /** Writes a Git diff. */
  @FunctionalInterface
  public interface Source {
    void write(OutputStream out) throws IOException;
  }

  /** Writes the file, unless there is no change. An existing file is replaced as a whole. */
  public void write(Source change) throws IOException {
    PrivateFolders.make(path.resolveSibling(""));
    Path draft = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try {
      try (OutputStream out = open(draft)) {
        change.write(out);
      }
      if (Files.size(draft) > 0) {
        Files.move(draft, path, REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static OutputStream open(Path file) throws IOException {
    FileAttribute<?>[] mine =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return new BufferedOutputStream(
        Channels.newOutputStream(Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE), mine)));
  }

  /** Describes the file; empty if there is none. */
  public Optional<KeptPatch> find() throws IOException {
    if (!Files.isRegularFile(path, NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    MessageDigest digest = Sha256.digest();
    long bytes;
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      bytes = in.transferTo(OutputStream.nullOutputStream());
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    return Optional.of(new KeptPatch(path.toString(), bytes, hash));
  }

  /**
   * The beginning of the file, with a line that says how much is left out behind it; empty if there
   * is no file.
   *
   * @param limit in bytes
   */
  public Optional<String> beginning(int limit) throws IOException {
    if (!Files.isRegularFile(path, NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      String text = new String(in.readNBytes(limit), UTF_8);
      long more = Files.size(path) - limit;
      return Optional.of(more > 0 ? text + "\n[" + more + " bytes are left out here]" : text);
    }
  }
}
