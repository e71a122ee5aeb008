package io.numa.avatar.run.test.report;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.port.repository.FolderListing;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits the regular files of a workspace. It follows no symbolic links, and it is bounded, because
 * a command can make a workspace of any size.
 */
final class BoundedWalk {
  private static final Logger log = LoggerFactory.getLogger(BoundedWalk.class);

  private static final int MAX_DEPTH = 64;
  private static final int MAX_LOOKED_AT = 500_000;

  /**
   * Folders to skip. The files in TestNG's {@code junitreports} repeat the reports that Surefire
   * writes next to it.
   */
  private static final Set<String> SKIPPED = Set.of(".git", "node_modules", "junitreports");

  /** Receives each file. */
  @FunctionalInterface
  interface Visitor {
    void visit(Path path, BasicFileAttributes attributes);
  }

  private final ReportFiles.Lister lister;
  private final Predicate<String> wanted;
  private final Visitor visitor;
  private int lookedAt;
  private boolean complete = true;

  private BoundedWalk(ReportFiles.Lister lister, Predicate<String> wanted, Visitor visitor) {
    this.lister = lister;
    this.wanted = wanted;
    this.visitor = visitor;
  }

  /**
   * Visits the files under {@code root}, in no order.
   *
   * @param wanted accepts the names of the files to visit
   * @return whether it saw them all; a folder that cannot be read has none
   */
  static boolean visit(
      Path root, ReportFiles.Lister lister, Predicate<String> wanted, Visitor visitor) {
    var walk = new BoundedWalk(lister, wanted, visitor);
    walk.visitFolder(root, 0);
    return walk.complete;
  }

  private void visitFolder(Path folder, int depth) {
    if (!goesOn(depth)) {
      return;
    }
    try {
      Optional<FolderListing> known = lister.list(folder, wanted);
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
    if (!goesOn(depth)) {
      return;
    }
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
      if (attributes.isDirectory()) {
        if (!isSkipped(path.getFileName())) {
          visitFolder(path, depth + 1);
        }
      } else if (attributes.isRegularFile() && wanted.test(path.getFileName().toString())) {
        visitor.visit(path, attributes);
      }
    } catch (IOException e) {
      log.debug("Left out {}, which may be a test report", path, e);
    }
  }

  private boolean goesOn(int depth) {
    complete &= depth < MAX_DEPTH && lookedAt < MAX_LOOKED_AT;
    return depth < MAX_DEPTH && lookedAt < MAX_LOOKED_AT;
  }
}
