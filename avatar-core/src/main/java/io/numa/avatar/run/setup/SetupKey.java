package io.numa.avatar.run.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.ProjectFile.Setup;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TreeId;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Computes the key of what a setup makes: a hash of its command and of the files that decide it.
 */
final class SetupKey {
  private final MessageDigest digest = sha256();

  private SetupKey() {}

  /**
   * Computes the key.
   *
   * @param root of the project's files
   * @param files the id of all files, if they are those of a commit; it decides if the setup names
   *     no files
   * @return empty if nothing says what the files are
   */
  static Optional<String> of(Setup setup, Path root, Optional<TreeId> files) throws IOException {
    if (setup.key().isEmpty() && files.isEmpty()) {
      return Optional.empty();
    }
    var key = new SetupKey();
    key.add(setup.command().toString());
    if (setup.key().isEmpty()) {
      key.add(files.get().value());
    }
    for (WorkspacePath path : setup.key()) {
      key.add(path.value());
      key.addFile(FileNames.resolve(root, WorkspacePath.encode(path.value())));
    }
    return Optional.of(key.hex());
  }

  /** Computes a key of the same for one commit only. */
  static String ofCommit(String shared, CommitId commit) {
    var key = new SetupKey();
    key.add(shared);
    key.add(commit.value());
    return key.hex();
  }

  private String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(String text) {
    add(text.getBytes(UTF_8));
  }

  private void add(byte[] bytes) {
    digest.update((bytes.length + ":").getBytes(UTF_8));
    digest.update(bytes);
  }

  /** Adds the content of a file, the text of a link, or all files of a folder. */
  private void addFile(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      add("link");
      add(FileNames.bytes(Files.readSymbolicLink(path)));
    } else if (Files.isRegularFile(path, NOFOLLOW_LINKS)) {
      add("file " + Files.size(path));
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
    } else if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      addFolder(path);
    } else {
      add("nothing");
    }
  }

  private void addFolder(Path folder) throws IOException {
    List<Path> children;
    try (Stream<Path> all = Files.list(folder)) {
      children = all.sorted().toList();
    }
    add("folder " + children.size());
    for (Path child : children) {
      add(FileNames.bytes(child.getFileName()));
      addFile(child);
    }
  }
}
