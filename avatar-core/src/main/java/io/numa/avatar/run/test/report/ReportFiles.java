package io.numa.avatar.run.test.report;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.FolderListing;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The files in a workspace that a command wrote and that may be test reports. Not thread-safe.
 *
 * <p>Every new XML or TAP file may be one. A file whose name and folder say that it is a report is
 * expected to be one.
 */
public final class ReportFiles {
  private static final int MAX_FILES = 10_000;

  /** Linux gives files the time of its last tick, which is at most this old. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final String TAP = ".tap";
  private static final Set<String> SUFFIXES = Set.of(".xml", ".trx", TAP);

  private static final Set<String> FOLDERS =
      Set.of(
          "surefire-reports", "failsafe-reports", "test-results", "test-reports", "junit-reports");

  /** Folders in which tests keep files of their own. */
  private static final Set<String> OF_TESTS = Set.of("tmp", "temp", "fixtures", "testdata");

  /** Usual names of reports, in lower case and without their end. */
  private static final Pattern NAMES =
      Pattern.compile(
          ".*(junit|xunit|nosetests|pytest).*|(.*[-_.])?(test[-_]?)?(results?|reports?)");

  private final Instant since;
  private final Path root;
  private final Lister lister;
  private final Map<Path, Stamp> before = new HashMap<>();
  private Optional<String> unseen = Optional.empty();

  /** A file that a command wrote. */
  record Found(Path path, long size, boolean expected) {
    boolean isTap() {
      return suffix(path.getFileName().toString()).equals(TAP);
    }
  }

  /** What changes when a file is written. */
  private record Stamp(Instant time, long size) {
    static Stamp of(BasicFileAttributes file) {
      return new Stamp(file.lastModifiedTime().toInstant(), file.size());
    }
  }

  private ReportFiles(Instant since, Path root, Lister lister) {
    this.since = since;
    this.root = root;
    this.lister = lister;
  }

  /** Lists folders without reading them, as {@link BaseCommit#list} does. */
  public interface Lister {
    Optional<FolderListing> list(Path folder, Predicate<String> wanted) throws IOException;
  }

  /** Notes the files that are under {@code root} before a command that starts at {@code since}. */
  static ReportFiles before(Instant since, Path root, Lister lister) {
    var files = new ReportFiles(since, root, lister);
    files.walk((path, attributes) -> files.before.put(path, Stamp.of(attributes)));
    return files;
  }

  /** Returns the files written since, sorted by path; the first ones if there are too many. */
  List<Found> written() {
    var found = new ArrayList<Found>();
    walk(
        (path, attributes) -> {
          boolean expected = isExpected(path);
          if (isWritten(path, Stamp.of(attributes)) && (expected || !isIn(path, OF_TESTS))) {
            found.add(new Found(path, attributes.size(), expected));
          }
        });
    if (found.size() > MAX_FILES) {
      unseen = Optional.of("there are more than " + MAX_FILES + " new XML files");
    }
    return found.stream().sorted(Comparator.comparing(Found::path)).limit(MAX_FILES).toList();
  }

  /** Why {@link #written} may have missed reports; empty if it did not. */
  Optional<String> unseen() {
    return unseen;
  }

  private void walk(BoundedWalk.Visitor visitor) {
    if (!BoundedWalk.visit(root, lister, ReportFiles::isCandidate, visitor)) {
      unseen = Optional.of("the workspace has too many files to find all reports");
    }
  }

  private boolean isWritten(Path path, Stamp now) {
    return !now.equals(before.get(path)) || isFresh(now.time());
  }

  /** Whether a file that looks the same was written again, at a time that looks the same. */
  private boolean isFresh(Instant written) {
    // A whole second means that the file system stores no fractions of a second.
    var earliest =
        written.equals(written.truncatedTo(SECONDS))
            ? since.truncatedTo(SECONDS)
            : since.minus(TICK);
    return !written.isBefore(earliest);
  }

  private static boolean isCandidate(String name) {
    return SUFFIXES.contains(suffix(name));
  }

  private static String suffix(String name) {
    return name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT);
  }

  private boolean isExpected(Path file) {
    var name = file.getFileName().toString();
    var stem = name.substring(0, name.lastIndexOf('.')).toLowerCase(Locale.ROOT);
    return name.startsWith("TEST-")
        || suffix(name).equals(".trx")
        || NAMES.matcher(stem).matches()
        || isIn(file, FOLDERS);
  }

  private boolean isIn(Path file, Set<String> folders) {
    for (Path name : root.relativize(file)) {
      if (folders.contains(name.toString())) {
        return true;
      }
    }
    return false;
  }
}
