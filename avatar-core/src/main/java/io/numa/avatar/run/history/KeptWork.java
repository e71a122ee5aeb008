package io.numa.avatar.run.history;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.port.repository.Repository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Working copies of failed tasks, which are kept for a limited time so that a person can inspect
 * them.
 */
public final class KeptWork {
  private static final Logger log = LoggerFactory.getLogger(KeptWork.class);

  /**
   * The mark's file name. It is next to the tree and the Git directory, where no step can write.
   */
  private static final String MARK = "kept";

  private final Path workspace;
  private final Repository repository;
  private final Clock clock;
  private final Duration time;

  /**
   * @param time how long the working copies are kept
   */
  public KeptWork(Path workspace, Repository repository, Clock clock, Duration time) {
    this.workspace = workspace;
    this.repository = repository;
    this.clock = clock;
    this.time = time;
  }

  /** Marks an attempt's folder as kept from {@code now} on. */
  public static void mark(Path home, Instant now) {
    try {
      Files.setLastModifiedTime(Files.createFile(home.resolve(MARK)), FileTime.from(now));
    } catch (IOException e) {
      log.warn("Could not mark {} as kept, so it is never removed: {}", home, e.toString());
    }
  }

  /** Removes the working copies whose time is over. */
  public void removeOutdated() {
    try {
      for (Path task : folders(workspace)) {
        for (Path home : folders(task)) {
          if (isOutdated(home.resolve(MARK))) {
            repository.discard(home);
            TaskFiles.removeIfEmpty(task);
          }
        }
      }
    } catch (IOException e) {
      log.warn("Could not look through {} for old working copies: {}", workspace, e.toString());
    }
  }

  private static List<Path> folders(Path parent) throws IOException {
    var folders = new ArrayList<Path>();
    if (Files.isDirectory(parent, NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> all =
          Files.newDirectoryStream(parent, entry -> Files.isDirectory(entry, NOFOLLOW_LINKS))) {
        all.forEach(folders::add);
      }
    }
    return folders;
  }

  private boolean isOutdated(Path mark) throws IOException {
    if (!Files.exists(mark, NOFOLLOW_LINKS)) {
      return false;
    }
    Instant end = Files.getLastModifiedTime(mark, NOFOLLOW_LINKS).toInstant().plus(time);
    return end.isBefore(clock.instant());
  }
}
