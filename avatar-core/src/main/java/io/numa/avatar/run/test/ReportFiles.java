package io.numa.avatar.run.test;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.FolderListing;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches a workspace for files that are test reports by the names of the files and their folders.
 * It follows no symbolic links, and the search is bounded, because a command can make a workspace
 * of any size.
 */
public final class ReportFiles {
  private static final Logger log = LoggerFactory.getLogger(ReportFiles.class);

  private static final int MAX_DEPTH = 24;
  private static final int MAX_LOOKED_AT = 500_000;
  private static final int MAX_FILES = 10_000;
  private static final long MAX_BYTES = 64L << 20;

  private static final String SUFFIX = ".xml";

  /** Linux gives files the time of its last tick, which is at most this old. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final Set<String> FOLDERS =
      Set.of(
          "surefire-reports", "failsafe-reports", "test-results", "test-reports", "junit-reports");

  /** Usual names of reports, in lower case. Other XML files with such names do no harm. */
  private static final Pattern NAMES =
      Pattern.compile(
          ".*(junit|xunit|nosetests|pytest).*|(.*[-_.])?(test[-_]?)?(results?|reports?)");

  /**
   * Folders to skip. The files in TestNG's {@code junitreports} repeat the reports that Surefire
   * writes next to it.
   */
  private static final Set<String> SKIPPED = Set.of(".git", "node_modules", "junitreports");

  private final Path root;
  private final Instant since;
  private final Lister lister;
  private final List<Path> found = new ArrayList<>();
  private int lookedAt;

  private ReportFiles(Path root, Instant since, Lister lister) {
    this.root = root;
    this.since = since;
    this.lister = lister;
  }

  /** Lists folders without reading them, as {@link BaseCommit#list} does. */
  public interface Lister {
    Optional<FolderListing> list(Path folder, Predicate<String> wanted) throws IOException;
  }

  /** Returns the reports under {@code root} written at {@code since} or later, sorted by path. */
  static List<Path> writtenSince(Instant since, Path root, Lister lister) {
    var files = new ReportFiles(root, since, lister);
    files.visitFolder(root, 0);
    return files.found.stream().sorted().toList();
  }

  /** Visits a folder. Ignores a folder that cannot be read. */
  private void visitFolder(Path folder, int depth) {
    if (depth >= MAX_DEPTH || !goesOn()) {
      return;
    }
    try {
      Optional<FolderListing> known = lister.list(folder, ReportFiles::isXml);
      if (known.isPresent()) {
        visitKnown(folder, depth, known.get());
      } else if (Files.isDirectory(folder, NOFOLLOW_LINKS)) {
        read(folder, depth);
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.debug("Could not look for test reports in {}", folder, e);
    }
  }

  private void visitKnown(Path folder, int depth, FolderListing known) {
    for (Path file : known.files()) {
      Path beneath = folder.relativize(file);
      if (!isSkipped(beneath)) {
        visit(file, depth + beneath.getNameCount() - 1);
      }
    }
    for (Path inner : known.folders()) {
      lookedAt++;
      Path beneath = folder.relativize(inner);
      if (!isSkipped(beneath)) {
        visitFolder(inner, depth + beneath.getNameCount());
      }
    }
  }

  private static boolean isSkipped(Path path) {
    for (Path name : path) {
      if (SKIPPED.contains(name.toString())) {
        return true;
      }
    }
    return false;
  }

  private void read(Path folder, int depth) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        visit(child, depth);
      }
    }
  }

  private void visit(Path path, int depth) {
    lookedAt++;
    if (depth >= MAX_DEPTH || !goesOn()) {
      return;
    }
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
      if (attributes.isDirectory()) {
        if (!isSkipped(path.getFileName())) {
          visitFolder(path, depth + 1);
        }
      } else if (attributes.isRegularFile()
          && attributes.size() <= MAX_BYTES
          && isReport(path)
          && isFresh(attributes.lastModifiedTime().toInstant())) {
        found.add(path);
      }
    } catch (IOException e) {
      log.debug("Left out {}, which may be a test report", path, e);
    }
  }

  private boolean goesOn() {
    return found.size() < MAX_FILES && lookedAt < MAX_LOOKED_AT;
  }

  private static boolean isXml(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
  }

  private boolean isReport(Path file) {
    var name = file.getFileName().toString();
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(SUFFIX)
        && (name.startsWith("TEST-")
            || NAMES.matcher(lower.substring(0, lower.length() - SUFFIX.length())).matches()
            || inReportsFolder(file));
  }

  private boolean inReportsFolder(Path file) {
    for (Path name : root.relativize(file)) {
      if (FOLDERS.contains(name.toString())) {
        return true;
      }
    }
    return false;
  }

  private boolean isFresh(Instant written) {
    // A whole second means that the file system stores no fractions of a second.
    var earliest =
        written.equals(written.truncatedTo(SECONDS))
            ? since.truncatedTo(SECONDS)
            : since.minus(TICK);
    return !written.isBefore(earliest);
  }
}
