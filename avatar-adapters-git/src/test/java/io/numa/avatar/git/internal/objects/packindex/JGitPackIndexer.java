package io.numa.avatar.git.internal.objects.packindex;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.PackIndexer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;

/** JGit's own parser, as a fetch into an empty repository uses it. */
final class JGitPackIndexer implements PackIndexer {
  private final Path git;

  /**
   * @param git an empty repository
   */
  JGitPackIndexer(Path git) {
    this.git = git;
  }

  @Override
  public Path store(InputStream in) throws IOException {
    try (Repository repository = GitDirectory.open(git);
        ObjectInserter inserter = repository.newObjectInserter()) {
      PackParser parser = inserter.newPackParser(in);
      parser.setAllowThin(true);
      parser.parse(NullProgressMonitor.INSTANCE);
      inserter.flush();
    }
    try (DirectoryStream<Path> packs =
        Files.newDirectoryStream(git.resolve("objects/pack"), "*.pack")) {
      return packs.iterator().next();
    }
  }
}
