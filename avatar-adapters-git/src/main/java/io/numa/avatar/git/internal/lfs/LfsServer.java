package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.util.Collection;
import org.eclipse.jgit.lib.ProgressMonitor;

/** The place of a remote repository's LFS objects. */
public interface LfsServer {
  /**
   * Downloads objects into a store.
   *
   * @throws LfsObjectException if the server does not have one of them
   * @throws PortException of kind {@code UNAUTHORIZED} or {@code UNAVAILABLE}
   * @throws IOException if the thread was interrupted, or this machine failed
   */
  void download(Collection<LfsPointer> objects, LfsStore into, ProgressMonitor monitor)
      throws IOException;

  /**
   * Uploads the objects that the server lacks.
   *
   * @throws LfsObjectException if an object is neither there nor in the store
   * @throws PortException as for {@link #download}
   */
  void upload(Collection<LfsPointer> objects, LfsStore from) throws IOException;
}
