package io.numa.avatar.git.internal.lfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.eclipse.jgit.lib.ProgressMonitor;

/** The LFS objects of a repository on this machine, as git-lfs uses them for {@code file} URLs. */
final class LocalLfsServer implements LfsServer {
  private final LfsStore there;

  private LocalLfsServer(LfsStore there) {
    this.there = there;
  }

  /** The objects of a repository, bare or with a working tree. */
  static LfsServer of(Path repository) {
    Path inTree = repository.resolve(".git");
    Path git = Files.isDirectory(inTree) ? inTree : repository;
    return new LocalLfsServer(new LfsStore(git.resolve("lfs").resolve("objects")));
  }

  @Override
  public void download(Collection<LfsPointer> objects, LfsStore into, ProgressMonitor monitor)
      throws IOException {
    for (LfsPointer object : objects) {
      require(there, object);
      copy(object, there, into);
      monitor.update(1);
    }
  }

  @Override
  public void upload(Collection<LfsPointer> objects, LfsStore from) throws IOException {
    for (LfsPointer object : objects) {
      if (!there.has(object)) {
        require(from, object);
        copy(object, from, there);
      }
    }
  }

  private static void require(LfsStore store, LfsPointer object) throws IOException {
    if (!store.has(object)) {
      throw new LfsObjectException(object, "there is no such object");
    }
  }

  private static void copy(LfsPointer object, LfsStore from, LfsStore to) throws IOException {
    try (InputStream in = Files.newInputStream(from.path(object))) {
      to.add(object, in);
    }
  }
}
