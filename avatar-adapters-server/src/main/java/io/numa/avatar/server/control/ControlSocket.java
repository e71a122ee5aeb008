package io.numa.avatar.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the control socket of an avatar is. It lies in the folder {@code control} of the state
 * directory, which only the avatar's user may enter. Paths of sockets must be short, so where that
 * one has more than {@value #LONGEST} bytes, the socket lies in the user's folder for sockets, and
 * the file {@code place} in {@code control} says where.
 */
public final class ControlSocket {
  /** The most bytes of a socket's path; Linux takes 107, macOS 103. */
  static final int LONGEST = 100;

  private static final String NAME = "socket";
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  private ControlSocket(Path folder) {
    this.folder = folder;
  }

  /**
   * The control socket of the avatar with this state directory, whether it runs or not.
   *
   * @param stateDir {@code avatar.state_dir}
   */
  public static ControlSocket of(Path stateDir) {
    return new ControlSocket(stateDir.toAbsolutePath().normalize().resolve("control"));
  }

  /**
   * The socket's path; empty if no avatar has made it.
   *
   * @throws IOException if the state directory cannot be read
   */
  Optional<Path> find() throws IOException {
    try {
      Files.getOwner(folder);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Path place = note();
    Path path = Files.exists(place) ? Path.of(Files.readString(place).strip()) : here();
    return Optional.of(path).filter(Files::exists);
  }

  /** The user whose avatar it is. */
  UserPrincipal owner() throws IOException {
    return Files.getOwner(folder);
  }

  /**
   * Makes the folders, removes the socket that a killed avatar has left, and returns the path for a
   * new one. The caller holds the lock of the journal, so no other avatar listens there.
   *
   * @param environment may have {@code XDG_RUNTIME_DIR}
   * @throws IOException if a folder cannot be made, or is another user's
   */
  Path prepare(Map<String, String> environment) throws IOException {
    makePrivate(folder);
    Path path = here();
    Files.deleteIfExists(note());
    if (path.toString().getBytes(UTF_8).length > LONGEST) {
      path = elsewhere(environment);
      Files.writeString(note(), path + "\n");
    }
    Files.deleteIfExists(path);
    return path;
  }

  private Path here() {
    return folder.resolve(NAME);
  }

  private Path note() {
    return folder.resolve("place");
  }

  private Path elsewhere(Map<String, String> environment) throws IOException {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    Path parent =
        runtime.startsWith("/") && Files.isDirectory(Path.of(runtime))
            ? Path.of(runtime, "numa")
            : Path.of("/tmp", "numa-" + Files.getAttribute(folder, "unix:uid"));
    makePrivate(parent);
    return parent.resolve(digest(folder.toString()));
  }

  /** Others could have made the folder before, to see what is in it. */
  private void makePrivate(Path made) throws IOException {
    PrivateFolders.make(made);
    if (!Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)
        || !Files.getOwner(made).equals(Files.getOwner(folder))) {
      throw new IOException("the folder of the control socket is not the avatar's own: " + made);
    }
    Files.setPosixFilePermissions(made, OWNERS);
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
