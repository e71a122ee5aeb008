package io.numa.avatar.run;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;
import static java.nio.file.FileVisitResult.TERMINATE;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a workspace for files that are test reports by their names and their folders'.
 * Symbolic links are not followed, and the search is bounded, as a workspace can be made to be
 * endless.
 */
final class ReportFiles extends SimpleFileVisitor<Path> {
  private static final int MAX_DEPTH = 24;
  private static final int MAX_LOOKED_AT = 500_000;
  private static final int MAX_FILES = 10_000;
  private static final long MAX_BYTES = 64L << 20;

  private static final String SUFFIX = ".xml";

  /** Linux stamps files with the time of its last tick, at most this long ago. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final Set<String> FOLDERS =
      Set.of(
          "surefire-reports", "failsafe-reports", "test-results", "test-reports", "junit-reports");

  /** What people call reports, in lower case; other XML files of such names are no harm. */
  private static final Pattern NAMES =
      Pattern.compile(
          ".*(junit|xunit|nosetests|pytest).*|(.*[-_.])?(test[-_]?)?(results?|reports?)");

  /** Under {@code junitreports}, TestNG repeats what Surefire has written beside it. */
  private static final Set<String> SKIPPED = Set.of(".git", "node_modules", "junitreports");

  private final Path root;
  private final Instant since;
  private final List<Path> found = new ArrayList<>();
  private int lookedAt;

  private ReportFiles(Path root, Instant since) {
    this.root = root;
    this.since = since;
  }

  /** Gives the reports under {@code root} written at {@code since} or later, by path. */
  static List<Path> writtenSince(Instant since, Path root) {
    var files = new ReportFiles(root, since);
    try {
      Files.walkFileTree(root, Set.of(), MAX_DEPTH, files);
    } catch (IOException e) {
      // The visitor throws nothing itself: the root cannot be read, and has no reports for us.
      return List.of();
    }
    return files.found.stream().sorted().toList();
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return !folder.equals(root) && SKIPPED.contains(folder.getFileName().toString())
        ? SKIP_SUBTREE
        : onwards();
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()
        && attributes.size() <= MAX_BYTES
        && isReport(file)
        && isFresh(attributes.lastModifiedTime().toInstant())) {
      found.add(file);
    }
    return onwards();
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return onwards();
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
    return onwards();
  }

  private FileVisitResult onwards() {
    lookedAt++;
    return found.size() < MAX_FILES && lookedAt < MAX_LOOKED_AT ? CONTINUE : TERMINATE;
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
    // A whole second means a file system that knows no parts of it.
    var earliest =
        written.equals(written.truncatedTo(SECONDS))
            ? since.truncatedTo(SECONDS)
            : since.minus(TICK);
    return !written.isBefore(earliest);
  }
}
