package io.numa.avatar.process.sandbox.home;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the folders of repositories that no sandbox has used for long. The time of a folder's
 * last change tells when it was used.
 */
record UnusedFolders(RepositoryFolders folders, Clock clock) {
  private static final Logger log = LoggerFactory.getLogger(UnusedFolders.class);
  private static final Duration KEPT = Duration.ofDays(30);

  /** Notes are made once a day, as each changes the disk. */
  private static final Duration NOTED = Duration.ofDays(1);

  /** Notes that a folder is used now. */
  void use(Path folder) throws IOException {
    if (isOlder(folder, NOTED)) {
      Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
    }
  }

  private boolean isOlder(Path folder, Duration age) throws IOException {
    Instant used = Files.getLastModifiedTime(folder, NOFOLLOW_LINKS).toInstant();
    return used.plus(age).isBefore(clock.instant());
  }

  /** Removes the unused folders, which may take long; logs what cannot be removed. */
  void remove() {
    try {
      folders.all().forEach(this::removeIfUnused);
    } catch (IOException e) {
      log.warn("Could not look for unused HOMEs of sandboxes: {}", e.toString());
    }
  }

  private void removeIfUnused(Path folder) {
    try {
      if (isOlder(folder, KEPT) && folders.remove(folder)) {
        log.info("Removed '{}', which was not used for {} days", folder, KEPT.toDays());
      }
    } catch (IOException e) {
      log.warn("Could not remove '{}': {}", folder, e.toString());
    }
  }
}
