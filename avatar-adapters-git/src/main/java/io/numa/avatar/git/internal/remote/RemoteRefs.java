package io.numa.avatar.git.internal.remote;

import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;

/** Asks a remote repository for its refs. */
public final class RemoteRefs {
  private final RepositoryUrl url;
  private final TransportFactory transports;

  RemoteRefs(RepositoryUrl url, TransportFactory transports) {
    this.url = url;
    this.transports = transports;
  }

  /** All refs, by their full names. */
  public Map<String, Ref> all() throws IOException {
    ObjectFormat.requireSha1(url);
    return transports.withAllRefs(null, FetchConnection::getRefsMap);
  }

  /**
   * The branch to which the remote's HEAD points; empty if it points to none, or the remote does
   * not tell.
   */
  public Optional<BranchName> head() throws IOException {
    return Optional.ofNullable(all().get(Constants.HEAD))
        .filter(Ref::isSymbolic)
        .map(head -> head.getTarget().getName())
        .filter(name -> name.startsWith(Constants.R_HEADS))
        .map(name -> new BranchName(name.substring(Constants.R_HEADS.length())));
  }

  /** The current tip of a branch; empty if there is no such branch. */
  public Optional<ObjectId> tip(BranchName branch) throws IOException {
    return transports.withRefs(
        null,
        0,
        List.of(branch),
        connection -> Optional.ofNullable(connection.getRef(branch.ref())).map(Ref::getObjectId));
  }
}
