package io.numa.avatar.git.internal.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.git.internal.support.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a mirror's Git directory, put in order before each fetch. A program that is not
 * confined may have written there. Objects are checked when they are read; everything else has one
 * right content, or need not be there.
 */
final class MirrorFiles {
  private static final Logger log = LoggerFactory.getLogger(MirrorFiles.class);

  /** A shallow history's ends; the only file that has no fixed content. */
  private static final String SHALLOW = "shallow";

  private static final Set<String> KNOWN = Set.of("HEAD", "config", "objects", "refs", SHALLOW);

  private MirrorFiles() {}

  /**
   * Restores the configuration, and removes all that a mirror does not have: files of processes
   * that died, references to other repositories, packed refs, and graphs of commits. Empty folders
   * stay. The fetch lock excludes running processes.
   *
   * @throws CorruptObjectException if the mirror cannot be used
   */
  static void tidy(Path git) throws IOException {
    removeLeftovers(git);
    removeOthers(git, KNOWN);
    removeOthers(git.resolve("refs"), Set.of("tips"));
    removeOthers(git.resolve("objects/info"), Set.of());
    GitDirectory.reset(git);
    requireShallow(git.resolve(SHALLOW));
  }

  private static void removeLeftovers(Path git) throws IOException {
    for (String name : new String[] {"", "refs", "refs/tips", "objects", "objects/pack"}) {
      Path folder = git.resolve(name);
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(folder, "{*.lock,incoming_*,noz*.tmp}")) {
          for (Path file : files) {
            log.info("Removing '{}', left by a process that died", file);
            Files.delete(file);
          }
        }
      }
    }
    Path packs = git.resolve("objects/pack");
    if (Files.isDirectory(packs)) {
      Packs.removeHalves(packs);
    }
  }

  private static void removeOthers(Path folder, Set<String> kept) throws IOException {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return;
    }
    for (Path file : Folders.children(folder)) {
      if (!kept.contains(file.getFileName().toString()) && !isEmptyFolder(file)) {
        log.warn("Removing '{}', which no mirror has", file);
        Folders.delete(file);
      }
    }
  }

  /** Such as {@code refs/heads}, which every new Git directory has. */
  private static boolean isEmptyFolder(Path file) throws IOException {
    return Files.isDirectory(file, NOFOLLOW_LINKS) && Folders.children(file).isEmpty();
  }

  private static void requireShallow(Path file) throws IOException {
    if (Files.exists(file, NOFOLLOW_LINKS)
        && !Files.readString(file, ISO_8859_1).lines().allMatch(ObjectId::isId)) {
      throw new CorruptObjectException("'" + file + "' has a line that is no commit");
    }
  }
}
