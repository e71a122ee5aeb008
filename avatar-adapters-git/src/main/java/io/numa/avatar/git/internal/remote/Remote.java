package io.numa.avatar.git.internal.remote;

import io.numa.avatar.git.internal.access.ServerCapabilities;
import io.numa.avatar.git.internal.local.BorrowedBase;
import io.numa.avatar.git.internal.local.LocalRepositories;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** A remote repository: its URL, and the operations on it. */
public final class Remote {
  private final RepositoryUrl url;
  private final GitSettings settings;
  private final ServerCapabilities known;
  private final TransportFactory transports;

  public Remote(RepositoryUrl url, GitSettings settings, ServerCapabilities known) {
    this.url = url;
    this.settings = settings;
    this.known = known;
    this.transports = new TransportFactory(url, settings, known);
  }

  /** A fetched commit, the tip of the branch if it has one, and the tags that came with it. */
  public record Fetched(ObjectId commit, Optional<ObjectId> tip, Map<String, ObjectId> tags) {}

  public RepositoryUrl url() {
    return url;
  }

  public GitSettings settings() {
    return settings;
  }

  /** Hides secrets in the texts of the remote. */
  public Redactor redactor() {
    return settings.access().redactor();
  }

  /** Another remote with the same settings; adds it to the allowed URLs. */
  Remote at(RepositoryUrl other) {
    GitAccess access = settings.access();
    return new Remote(
        other, settings.withAccess(access.withAllowed(access.allowed().and(other))), known);
  }

  /**
   * The repository itself, if it is on this machine; the caller closes it.
   *
   * @throws PortException of kind {@code DENIED} if the configuration does not allow its use
   */
  public Optional<Repository> onThisMachine() throws IOException {
    settings.access().allowed().requireAllowed(url);
    return LocalRepositories.open(url);
  }

  /** Whether the repository is on this machine and lacks a part of its history or files. */
  public boolean isIncompleteHere() throws IOException {
    Optional<Repository> near = onThisMachine();
    if (near.isEmpty()) {
      return false;
    }
    try (Repository repository = near.get()) {
      return BorrowedBase.isIncomplete(repository);
    }
  }

  public RemoteRefs refs() {
    return new RemoteRefs(url, transports);
  }

  public Fetcher fetcher() {
    return new Fetcher(url, transports, settings.depth());
  }

  public Pusher pusher() {
    return new Pusher(transports);
  }

  /**
   * Whether each request is independent, so that a push may come long after the request for the
   * refs.
   */
  public boolean isOverHttp() {
    return url.isOverHttp();
  }
}
