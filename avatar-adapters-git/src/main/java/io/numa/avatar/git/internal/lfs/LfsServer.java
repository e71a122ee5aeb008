package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.util.Collection;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Where the LFS objects of a remote repository are. */
public interface LfsServer {
  /**
   * Brings objects into a store.
   *
   * @throws LfsMissingException if the server does not have one of them
   * @throws PortException of kind {@code UNAUTHORIZED} or {@code UNAVAILABLE}
   * @throws IOException if the thread was interrupted, or this machine failed
   */
  void download(Collection<LfsPointer> objects, LfsStore into, ProgressMonitor monitor)
      throws IOException;

  /**
   * Brings objects to the server, but for those that it has.
   *
   * @throws LfsMissingException if an object is neither there nor in the store
   * @throws PortException as of {@link #download}
   */
  void upload(Collection<LfsPointer> objects, LfsStore from) throws IOException;
}
