package io.numa.avatar.server.access;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.port.Secret;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The token by which an operator uses the server, in a file that only its owner may read. */
public final class ServerToken {
  private static final int BYTES = 32;

  private ServerToken() {}

  /**
   * Reads the token; makes one if there is no file. Several processes may do that at once.
   *
   * @throws IOException if the file cannot be read or made, or is empty
   */
  public static Secret in(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    String token = Files.readString(file).strip();
    if (token.isEmpty()) {
      throw new IOException("the file of the token is empty: " + file);
    }
    return new Secret(token);
  }

  private static void make(Path file) throws IOException {
    Path folder = requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    PrivateFolders.make(folder);
    var random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Path draft = folder.resolve(file.getFileName() + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(draft);
    try {
      write(draft, token + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its token holds.
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path file, String text) throws IOException {
    boolean owners = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mine =
        owners
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
